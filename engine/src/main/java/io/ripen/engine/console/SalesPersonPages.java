package io.ripen.engine.console;

import io.ripen.engine.contacts.EmailAddress;
import io.ripen.engine.sales.Salespeople;
import io.ripen.engine.sales.Salespeople.Salesperson;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where somebody says who they are. */
@Controller
@Profile("engine")
@RequestMapping("/sales/me")
class SalesPersonPages {

  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._@+'-]{0,59}");
  private static final Pattern TEAM = Pattern.compile("[a-z0-9][a-z0-9._-]{0,59}");
  private static final Pattern THEN =
      Pattern.compile("/sales(/[0-9]{1,19}|/chats(/[0-9a-f-]{36})?)?");

  private final Salespeople people;
  private final WhoAmI whoAmI;

  SalesPersonPages(Salespeople people, WhoAmI whoAmI) {
    this.people = people;
    this.whoAmI = whoAmI;
  }

  @GetMapping
  String form(
      @RequestParam(defaultValue = "/sales") String then, HttpServletRequest request, Model model) {
    Optional<Salesperson> me = whoAmI.of(request);
    return form(
        me.map(Salesperson::name).orElse(""),
        me.map(Salesperson::team).orElse("sales"),
        me.map(Salesperson::takesLeads).orElse(true),
        me.map(Salesperson::email).orElse(""),
        then,
        null,
        model);
  }

  @PostMapping
  String introduce(
      @RequestParam(defaultValue = "") String name,
      @RequestParam(defaultValue = "") String team,
      @RequestParam(defaultValue = "false") boolean takesLeads,
      @RequestParam(defaultValue = "") String email,
      @RequestParam(defaultValue = "/sales") String then,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    SameOrigin.require(request);
    String named = name.strip();
    String teamed = team.strip();
    String address = email.strip();
    String problem = problem(named, teamed, address);
    if (problem != null) {
      response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
      return form(named, teamed, takesLeads, address, then, problem, model);
    }
    Optional<Salesperson> there = people.find(named);
    String known = there.map(Salesperson::name).orElse(named);
    // Where the browser does not know them it did not show the address: empty means nothing.
    boolean wasShown = there.isPresent() && there.equals(whoAmI.of(request));
    String kept = wasShown ? null : there.map(Salesperson::email).orElse(null);
    people.introduce(
        new Salesperson(known, teamed, takesLeads, address.isEmpty() ? kept : address));
    whoAmI.remember(known, request, response);
    return "redirect:" + safe(then);
  }

  @PostMapping("/forget")
  String forget(HttpServletRequest request, HttpServletResponse response) {
    SameOrigin.require(request);
    // Nobody is there any more to take what would be offered to them, or to be told.
    whoAmI
        .of(request)
        .ifPresent(me -> people.introduce(new Salesperson(me.name(), me.team(), false, null)));
    whoAmI.forget(request, response);
    return "redirect:/sales";
  }

  private static @Nullable String problem(String name, String team, String email) {
    if (!NAME.matcher(name).matches()) {
      return name.isEmpty()
          ? "Please say who you are."
          : "A name has up to 60 letters, digits, spaces and . _ @ + - '";
    }
    if (!TEAM.matcher(team).matches()) {
      return "A team is one word of small letters, as in routing.dmn: sales, for example.";
    }
    return email.isEmpty() || EmailAddress.isPossible(email)
        ? null
        : "That is no e-mail address. Leave it out, if you do not want to be written to.";
  }

  private String form(
      String name,
      String team,
      boolean takesLeads,
      String email,
      String then,
      @Nullable String problem,
      Model model) {
    model.addAttribute("name", name);
    model.addAttribute("team", team);
    model.addAttribute("takesLeads", takesLeads);
    model.addAttribute("email", email);
    model.addAttribute("teams", people.teams());
    model.addAttribute("then", safe(then));
    model.addAttribute("problem", problem);
    return "console/sales-me";
  }

  private static String safe(String then) {
    return THEN.matcher(then).matches() ? then : "/sales";
  }
}
