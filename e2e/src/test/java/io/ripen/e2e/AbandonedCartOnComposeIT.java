package io.ripen.e2e;

/** The same person, browser and shop, with each part in a container of its own. */
@OnCompose
class AbandonedCartOnComposeIT extends AbandonedCartIT {

  AbandonedCartOnComposeIT(Ripen ripen, Browser browser) {
    super(ripen, browser);
  }
}
