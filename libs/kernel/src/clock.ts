/** Time as an input: domain code never asks the machine. */
export interface Clock {
  now(): Date;
}
