-- The shop's tables. Applied once, when the database is made; see entrypoint.sh.
--
--   categories 1──n products 1──n order_lines n──1 orders 1──1 shipments
--                   products 1──n reservations      orders 1──1 fulfilment_queue
--                                                   orders 1──n shipment_attempts
--
-- products.stock is what can be sold now: a reservation and an order both take from it at once, so that
-- "never sell what is not there" is the one check constraint below. Whoever changes stock locks the
-- product rows first, in the order of their ids.

CREATE TABLE categories (
  slug     text PRIMARY KEY,
  name     text NOT NULL,
  position int  NOT NULL
);

CREATE TABLE products (
  id          int  PRIMARY KEY,
  slug        text NOT NULL UNIQUE,
  name        text NOT NULL,
  category    text NOT NULL REFERENCES categories,
  tagline     text NOT NULL,
  description text NOT NULL,
  facts       text[] NOT NULL,
  price_cents int  NOT NULL CHECK (price_cents > 0),
  stock       int  NOT NULL CHECK (stock >= 0),
  featured    boolean NOT NULL DEFAULT false,
  search      tsvector NOT NULL GENERATED ALWAYS AS (
                setweight(to_tsvector('english', name), 'A') ||
                setweight(to_tsvector('english', tagline), 'B') ||
                setweight(to_tsvector('english', description), 'C')) STORED
);
CREATE INDEX products_search ON products USING gin (search);
CREATE INDEX products_category ON products (category);

-- Goods held for a cart while its owner checks out.
CREATE TABLE reservations (
  cart_id    text NOT NULL,
  product_id int  NOT NULL REFERENCES products,
  quantity   int  NOT NULL CHECK (quantity > 0),
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (cart_id, product_id)
);
CREATE INDEX reservations_expiry ON reservations (expires_at);

CREATE TABLE orders (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  number          text NOT NULL UNIQUE,
  idempotency_key text NOT NULL UNIQUE,
  cart_id         text NOT NULL,
  status          text NOT NULL DEFAULT 'placed' CHECK (status IN ('placed', 'packed', 'shipped')),
  name            text NOT NULL,
  email           text NOT NULL,
  address         text NOT NULL,
  postcode        text NOT NULL,
  city            text NOT NULL,
  country         text NOT NULL,
  total_cents     int  NOT NULL DEFAULT 0,
  placed_at       timestamptz NOT NULL DEFAULT now(),
  packed_at       timestamptz,
  shipped_at      timestamptz
);
CREATE INDEX orders_status ON orders (status);

CREATE TABLE order_lines (
  order_id         bigint NOT NULL REFERENCES orders,
  product_id       int    NOT NULL REFERENCES products,
  name             text   NOT NULL,
  unit_price_cents int    NOT NULL,
  quantity         int    NOT NULL CHECK (quantity > 0),
  PRIMARY KEY (order_id, product_id)
);

-- What the fulfilment workers have to do next, taken with FOR UPDATE SKIP LOCKED.
CREATE TABLE fulfilment_queue (
  order_id bigint PRIMARY KEY REFERENCES orders,
  step     text NOT NULL CHECK (step IN ('pack', 'ship')),
  due_at   timestamptz NOT NULL
);
CREATE INDEX fulfilment_queue_due ON fulfilment_queue (due_at);

-- The primary key is the promise that an order leaves the house once.
CREATE TABLE shipments (
  order_id   bigint PRIMARY KEY REFERENCES orders,
  tracking   text NOT NULL UNIQUE,
  worker     text NOT NULL,
  shipped_at timestamptz NOT NULL DEFAULT now()
);

-- Every try to ship, so that a second one for the same order is seen even though the key above stops it.
CREATE TABLE shipment_attempts (
  id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  order_id bigint NOT NULL REFERENCES orders,
  worker   text NOT NULL,
  outcome  text NOT NULL CHECK (outcome IN ('shipped', 'duplicate')),
  at       timestamptz NOT NULL DEFAULT now()
);
