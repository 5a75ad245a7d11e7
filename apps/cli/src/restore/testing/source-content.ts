/** A small database with what makes a copy go wrong. */
export const sourceSql = `
  CREATE SCHEMA sales; CREATE SCHEMA "a.b";
  CREATE TYPE sales.state AS ENUM ('new', 'paid');
  CREATE TABLE sales.customer (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, note text, photo bytea, tags text[]);
  CREATE TABLE sales.invoice (id serial PRIMARY KEY, customer_id int NOT NULL REFERENCES sales.customer, total numeric(12,2), state sales.state,
    doubled numeric GENERATED ALWAYS AS (total * 2) STORED);
  CREATE TABLE sales.entry (day date NOT NULL, amount float8) PARTITION BY RANGE (day);
  CREATE TABLE sales.entry_2024 PARTITION OF sales.entry FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
  CREATE TABLE sales.entry_2025 PARTITION OF sales.entry FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
  CREATE TABLE "a.b".c (v text); CREATE TABLE sales.nothing ();
  CREATE SCHEMA a; CREATE TABLE a."b.c" (v text);
  INSERT INTO sales.customer (name, note, photo, tags)
    SELECT 'Zoë "' || n || '", ' || chr(10) || 'line', CASE n % 3 WHEN 0 THEN NULL WHEN 1 THEN '' ELSE 'note, ' || n END,
      decode(md5(n::text), 'hex'), ARRAY['x', NULL, n::text] FROM generate_series(1, 2000) n;
  INSERT INTO sales.invoice (customer_id, total, state) SELECT 1 + n % 2000, n / 7.0, 'paid' FROM generate_series(1, 5000) n;
  INSERT INTO sales.entry SELECT date '2024-06-01' + n, n / 3.0 FROM generate_series(0, 500) n;
  INSERT INTO "a.b".c VALUES ('\\.'), (NULL), (''); INSERT INTO a."b.c" VALUES ('other');
  INSERT INTO sales.nothing DEFAULT VALUES; INSERT INTO sales.nothing DEFAULT VALUES;
  CREATE VIEW sales.open AS SELECT * FROM sales.invoice WHERE state = 'new';
  SELECT lo_from_bytea(70001, decode(repeat('00ff41', 500000), 'hex')), lo_from_bytea(70002, '');
`;
