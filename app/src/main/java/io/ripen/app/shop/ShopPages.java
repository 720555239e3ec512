package io.ripen.app.shop;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;

/** The shop's one page; a product's own address shows the same page with the product opened. */
@Controller
@Profile({"local", "demo"})
class ShopPages {

  private final String writeKey;

  ShopPages(@Value("${ripen.sites.shop.write-key:local-shop}") String writeKey) {
    this.writeKey = writeKey;
  }

  @GetMapping("/shop")
  String shop(Model model) {
    model.addAttribute("products", Catalogue.PRODUCTS);
    model.addAttribute("writeKey", writeKey);
    return "shop/shop";
  }

  @GetMapping("/shop/products/{id}")
  String product(@PathVariable String id, Model model) {
    Product product =
        Catalogue.PRODUCTS.stream()
            .filter(candidate -> candidate.id().equals(id))
            .findFirst()
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    model.addAttribute("opened", product);
    return shop(model);
  }
}
