package io.ripen.app.shop;

import java.math.BigDecimal;

/**
 * Something to buy.
 *
 * @param id what its address ends with, and its picture's file name begins with
 * @param price in euros
 * @param teaser the one line under its name
 * @param story what its own page tells
 */
record Product(
    String id,
    String sku,
    String name,
    String brand,
    String variant,
    String category,
    BigDecimal price,
    String teaser,
    String story) {}
