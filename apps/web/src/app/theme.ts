import { createTheme, type CSSVariablesResolver } from '@mantine/core';

/** One typographic scale, and colours that keep WCAG 2.2 AA contrast on both backgrounds. */
export const theme = createTheme({
  primaryColor: 'blue',
  primaryShade: { light: 8, dark: 8 },
  autoContrast: true,
  luminanceThreshold: 0.35,
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace',
  fontSizes: { xs: '0.75rem', sm: '0.875rem', md: '0.9375rem', lg: '1.125rem', xl: '1.25rem' },
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '1.3' },
      h2: { fontSize: '1.125rem', lineHeight: '1.4' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.4' },
    },
  },
  components: {
    // Most of them only stand there. What answers an action, or has just happened, says so: role="alert" or "status".
    Alert: { defaultProps: { role: 'note' } },
    Tooltip: {
      defaultProps: { withArrow: true, openDelay: 200, multiline: true, maw: 420, events: { hover: true, focus: true, touch: true } },
    },
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': 'Close the message' } } },
    Modal: { defaultProps: { centered: true, closeButtonProps: { 'aria-label': 'Close' } } },
    Drawer: { defaultProps: { position: 'right', closeButtonProps: { 'aria-label': 'Close' } } },
    Table: { defaultProps: { verticalSpacing: 6, horizontalSpacing: 'sm', fz: 'sm' } },
    Button: { defaultProps: { size: 'sm' } },
    Anchor: { defaultProps: { underline: 'always' } },
  },
});

const tinted = {
  light: {
    ...{ gray: ['#e9ecef', '#343a40'], blue: ['#dbeafe', '#12427f'], green: ['#d8f3dc', '#14532d'] },
    ...{ red: ['#fde2e1', '#8c1d18'], orange: ['#ffe8d1', '#7a3600'], yellow: ['#fdf0c4', '#624600'] },
  },
  dark: {
    ...{ gray: ['#3a4047', '#e1e5e9'], blue: ['#17375f', '#b9d7ff'], green: ['#14432a', '#a8ecc1'] },
    ...{ red: ['#5a1e1b', '#ffc9c5'], orange: ['#57310b', '#ffd5a8'], yellow: ['#4a3b0c', '#fbe39a'] },
  },
};

/** Background and text of alerts and badges: Mantine's own have too little contrast with each other. */
const tints = (scheme: keyof typeof tinted): Record<string, string> =>
  Object.fromEntries(
    Object.entries(tinted[scheme]).flatMap(([name, [background, text]]) => [
      [`--mantine-color-${name}-light`, background!],
      [`--mantine-color-${name}-light-color`, text!],
    ]),
  );

/** Mantine's defaults for dimmed text, errors, outlines and links fall short of 4.5:1. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    ...tints('light'),
    '--mantine-color-dimmed': '#51585f',
    '--mantine-color-placeholder': '#62696f',
    '--mantine-color-error': '#b3261e',
    '--mantine-color-anchor': '#16539e',
    '--mantine-color-default-border': '#8f979f',
    '--lastcopy-line': '#d5dade',
    '--lastcopy-raised': '#f6f8fa',
  },
  dark: {
    ...tints('dark'),
    '--mantine-color-dimmed': '#b4bac1',
    '--mantine-color-placeholder': '#9aa1a9',
    '--mantine-color-error': '#ff8f86',
    '--mantine-color-anchor': '#8ebcff',
    '--mantine-color-default-border': '#7c848c',
    '--lastcopy-line': '#3d444b',
    '--lastcopy-raised': '#26292d',
  },
});
