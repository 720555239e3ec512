package io.ripen.app.shop;

import java.math.BigDecimal;
import java.util.List;

/** What the shop sells. */
final class Catalogue {

  static final List<Product> PRODUCTS =
      List.of(
          new Product(
              "juniper-mug",
              "JC-MUG-01",
              "Juniper Mug",
              "Juniper & Clay",
              "Forest glaze, 320 ml",
              "Ceramics",
              new BigDecimal("24.00"),
              "The one you will reach for every day",
              "Thrown from speckled stoneware and dipped by hand, so no two drips are the same. The"
                  + " foot stays bare: it feels like the riverbed the clay came from."),
          new Product(
              "morning-teapot",
              "JC-POT-02",
              "Morning Teapot",
              "Juniper & Clay",
              "Oat and terracotta, 900 ml",
              "Ceramics",
              new BigDecimal("68.00"),
              "Three cups, and it never dribbles",
              "A round belly that keeps its warmth, a spout that pours clean, and a handle with"
                  + " room for a whole hand. The strainer is part of the pot."),
          new Product(
              "ivan-chai",
              "JC-TEA-11",
              "Ivan-chai · Иван-чай",
              "Северный луг",
              "Loose leaf, 75 g tin",
              "Tea",
              new BigDecimal("14.50"),
              "Fireweed, slowly fermented",
              "Leaves of the willowherb, rolled and fermented as in the old North: honeyed, a"
                  + " little like stewed plums, and without caffeine."),
          new Product(
              "pebble-bowls",
              "JC-BWL-03",
              "Pebble Bowls",
              "Juniper & Clay",
              "Set of three",
              "Ceramics",
              new BigDecimal("42.00"),
              "They nest like stones on a shore",
              "Three bowls in three glazes, made to be stacked. Porridge, soup, and the small one"
                  + " for salt, rings or keys."),
          new Product(
              "harsfa-linden-tea",
              "JC-TEA-12",
              "Hársfa Linden Tea",
              "Őrségi Kert",
              "Whole blossoms, 50 g pouch",
              "Tea",
              new BigDecimal("11.90"),
              "An evening in June, dried",
              "Linden blossoms from the gardens of Őrség, picked on the two or three days when they"
                  + " smell of honey. For when the day was long."),
          new Product(
              "moon-vase",
              "JC-VAS-04",
              "Moon Vase",
              "Juniper & Clay",
              "Chalk white, 18 cm",
              "Ceramics",
              new BigDecimal("54.00"),
              "Three twigs are plenty",
              "A slow, round shape with a narrow neck: whatever you cut on your walk stands just"
                  + " right in it. Watertight; the band is bare clay."),
          new Product(
              "oak-tea-tray",
              "JC-TRY-21",
              "Oak Tea Tray",
              "Juniper & Clay",
              "Oiled oak, 42 × 30 cm",
              "Table",
              new BigDecimal("39.00"),
              "Tea in bed, safely",
              "Cut from one plank, with a raised rim and handles for both hands. Oiled with linseed,"
                  + " and better looking every year."),
          new Product(
              "honey-pot",
              "JC-HON-22",
              "Honey Pot & Dipper",
              "Juniper & Clay",
              "Amber glaze, 350 ml",
              "Table",
              new BigDecimal("29.00"),
              "With a dipper of pear wood",
              "Coiled by hand, in the shape of an old straw hive. The lid is turned from walnut and"
                  + " sits tight enough for a picnic."));

  private Catalogue() {}
}
