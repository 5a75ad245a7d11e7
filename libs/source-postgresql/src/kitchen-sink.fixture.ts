/** A schema with one of everything that a copy could get wrong. Used by specs only. */
export const kitchenSink = String.raw`
CREATE SCHEMA "a.b"; CREATE SCHEMA a;
CREATE TABLE "a.b".c (id int PRIMARY KEY, v text);
CREATE TABLE a."b.c" (id int PRIMARY KEY, v text);
INSERT INTO "a.b".c VALUES (1, 'dotted schema'); INSERT INTO a."b.c" VALUES (1, 'dotted table'), (2, 'two');
CREATE TYPE mood AS ENUM ('so ''so''', 'fine', 'ÄÖ');
CREATE TYPE address AS (street text, "house no" int);
CREATE DOMAIN positive AS numeric(12,2) DEFAULT 1 NOT NULL CONSTRAINT above_zero CHECK (VALUE > 0);
CREATE TYPE span AS RANGE (subtype = float8, subtype_diff = float8mi);
CREATE FUNCTION doubled(n numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$ SELECT n * 2 $$;
CREATE AGGREGATE product(numeric) (SFUNC = numeric_mul, STYPE = numeric, INITCOND = '1');
CREATE SEQUENCE loose START 7 INCREMENT 3 CYCLE MAXVALUE 1000; SELECT nextval('loose'), nextval('loose');
CREATE TABLE everything (
  gone1 int, id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, n numeric, n2 numeric(10,3), f float8, r real, t text, c char(5), vc varchar(20),
  b bytea, ts timestamptz, tsn timestamp, d date, iv interval, j json, jb jsonb, arr text[], arr2 int[][], m mood, ad address, p positive, sp span,
  ir int4range, u uuid, bo boolean, ip inet, bits varbit, x xml, mo money, moods mood[], gone2 text, gone3 text,
  dbl numeric GENERATED ALWAYS AS (public.doubled(n2)) STORED, virt int GENERATED ALWAYS AS (length(t)) VIRTUAL,
  loose_no int DEFAULT nextval('loose'), "select ""quoted""" text COLLATE "C", status varchar(10) CHECK (status IN ('open', 'closed')));
ALTER TABLE everything DROP COLUMN gone1, DROP COLUMN gone2; ALTER TABLE everything DROP COLUMN gone3;
INSERT INTO everything (n, n2, f, r, t, c, vc, b, ts, tsn, d, iv, j, jb, arr, arr2, m, ad, p, sp, ir, u, bo, ip, bits, x, mo, moods, "select ""quoted""", status) VALUES
 ('NaN', 1.5, 'NaN', 'Infinity', NULL, 'ab', '', '\x00ff0a', 'infinity', '-infinity', 'infinity', '1 year -2 days 03:04:05.678', '{"a": 1,  "a":2}', '{"k": [1, null]}', ARRAY['', NULL, 'NULL', 'a,"b"'], '{{1,2},{3,NULL}}', 'ÄÖ', ROW('x,"y"', NULL), 3.14, '[1,2.5)', 'empty', '00000000-0000-0000-0000-000000000001', true, '10.0.0.1/8', B'1011', '<a>1</a>', 1234.5, ARRAY['fine','ÄÖ']::mood[], 'back\slash', 'open'),
 ('Infinity', -0.001, '-0', 1e-40, '', '', NULL, '', '0044-03-15 12:00:00+00 BC', '1999-12-31 23:59:59.999999', '0001-01-01 BC', '-1 mon +1 day -00:00:01', 'null', 'null', '{}', NULL, NULL, ROW(NULL, NULL), 1, NULL, '[1,5]', NULL, NULL, '::1', '', NULL, '-0.01', NULL, E'line\nfeed', 'closed'),
 ('123456789012345678901234567890.123456789', NULL, 1.7976931348623157e308, 3.4028235e38, E'tab\t "quote" \r\n \\. , 日本語 🎉 \u00e9', NULL, '\.', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'so ''so''', NULL, 5, NULL, NULL, NULL, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
CREATE TABLE single (v text); INSERT INTO single VALUES (NULL), (''), ('\.'), (E'\n'), ('NULL'), (NULL);
CREATE TABLE "Empty" ("Ünï" int); CREATE TABLE nothing (); INSERT INTO nothing DEFAULT VALUES; INSERT INTO nothing DEFAULT VALUES;
CREATE TABLE only_generated (g int GENERATED ALWAYS AS (1) STORED); INSERT INTO only_generated DEFAULT VALUES;
CREATE UNLOGGED TABLE unlogged (v int); INSERT INTO unlogged VALUES (1);
CREATE TABLE r (r text, t text); INSERT INTO r VALUES ('column named like the alias', 'x');
-- partitions: list with a default, below it a range, with a column order of its own
CREATE TABLE sales (id int, region text, at date, amount numeric DEFAULT 0, PRIMARY KEY (id, region, at)) PARTITION BY LIST (region);
CREATE TABLE sales_eu PARTITION OF sales FOR VALUES IN ('eu', 'uk') PARTITION BY RANGE (at);
CREATE TABLE sales_eu_old (amount numeric, at date NOT NULL, region text NOT NULL, id int NOT NULL, CHECK (amount >= 0));
ALTER TABLE sales_eu ATTACH PARTITION sales_eu_old FOR VALUES FROM (MINVALUE) TO ('2020-01-01');
CREATE TABLE sales_eu_new PARTITION OF sales_eu FOR VALUES FROM ('2020-01-01') TO (MAXVALUE);
CREATE TABLE sales_other PARTITION OF sales DEFAULT;
CREATE INDEX sales_at ON sales (at); ALTER TABLE sales ADD CONSTRAINT amount_small CHECK (amount < 1000000);
INSERT INTO sales VALUES (1, 'eu', '2019-05-05', 10), (2, 'uk', '2021-01-01', 20), (3, 'us', '2021-01-01', NULL), (4, 'eu', '2022-01-01', 1);
-- inheritance where the child has the parent's later column last
CREATE TABLE base (id int CHECK (id > 0), name text); CREATE TABLE heir (extra text) INHERITS (base); ALTER TABLE base ADD COLUMN later int DEFAULT 5;
INSERT INTO base VALUES (1, 'base', 1); INSERT INTO heir VALUES (2, 'heir', 'extra', 2), (3, 'heir', NULL, 3);
-- a circle of foreign keys
CREATE TABLE egg (id int PRIMARY KEY, chicken int); CREATE TABLE chicken (id int PRIMARY KEY, egg int REFERENCES egg DEFERRABLE INITIALLY DEFERRED);
ALTER TABLE egg ADD CONSTRAINT laid_by FOREIGN KEY (chicken) REFERENCES chicken ON DELETE SET NULL;
INSERT INTO egg VALUES (1, NULL); INSERT INTO chicken VALUES (1, 1); UPDATE egg SET chicken = 1;
CREATE TABLE serial_like (id serial PRIMARY KEY, v text UNIQUE); INSERT INTO serial_like (v) VALUES ('a'), ('b');
CREATE TABLE booking (room int, during tsrange, EXCLUDE USING gist (during WITH &&)); INSERT INTO booking VALUES (1, '[2020-01-01,2020-01-02)');
CREATE TABLE sale_note (id int, sale int, region text, at date, FOREIGN KEY (sale, region, at) REFERENCES sales); INSERT INTO sale_note VALUES (1, 1, 'eu', '2019-05-05');
CREATE INDEX note_lower ON serial_like (lower(v)) WHERE v <> 'z';
CREATE STATISTICS everything_stats ON n, f FROM everything;
CREATE VIEW z_view AS SELECT id, doubled(n2) AS twice FROM everything; CREATE VIEW a_view WITH (security_barrier) AS SELECT * FROM z_view;
CREATE VIEW grouped AS SELECT s.id, s.v, count(*) FROM serial_like s GROUP BY s.id;
CREATE MATERIALIZED VIEW z_mat AS SELECT count(*) AS n FROM sales; CREATE MATERIALIZED VIEW a_mat AS SELECT n + 1 AS m FROM z_mat; CREATE UNIQUE INDEX ON a_mat (m);
CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.v := NEW.v || '!'; RETURN NEW; END $$;
CREATE TRIGGER stamped BEFORE INSERT ON serial_like FOR EACH ROW EXECUTE FUNCTION stamp(); ALTER TABLE serial_like DISABLE TRIGGER stamped;
CREATE TRIGGER exclaim BEFORE INSERT OR UPDATE ON single FOR EACH ROW EXECUTE FUNCTION stamp();
CREATE RULE no_delete AS ON DELETE TO unlogged DO INSTEAD NOTHING;
CREATE PROCEDURE noop() LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM a_view; END;
ALTER TABLE r ENABLE ROW LEVEL SECURITY; CREATE POLICY some_rows ON r USING (t = 'x');
COMMENT ON TABLE everything IS 'It''s \ all'; COMMENT ON COLUMN everything.n IS 'a number'; COMMENT ON VIEW a_view IS 'view'; COMMENT ON TYPE mood IS 'm';
COMMENT ON CONSTRAINT laid_by ON egg IS 'circle'; COMMENT ON FUNCTION doubled(numeric) IS 'twice';
`;

/** Rows of very different lengths after deletions: the order on the pages is neither the key's nor that of insertion. */
export const shuffled = `
CREATE TABLE shuffled (id int PRIMARY KEY, v text); ALTER TABLE shuffled ALTER v SET STORAGE PLAIN;
INSERT INTO shuffled SELECT i, repeat(chr(97 + i % 26), CASE i % 7 WHEN 0 THEN 5000 WHEN 3 THEN 2500 ELSE i % 300 END) FROM generate_series(1, 3000) i;
DELETE FROM shuffled WHERE id % 5 = 0;`;
