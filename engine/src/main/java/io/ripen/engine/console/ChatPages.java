package io.ripen.engine.console;

import io.ripen.engine.onsite.Chats;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The chats with visitors: who waits for an answer, and one chat to take over. */
@Controller
@Profile("engine")
@RequestMapping("/sales/chats")
class ChatPages {

  private static final int LONGEST = 2000;

  private final Chats chats;
  private final LeadsJdbc leads;
  private final LeadCardJdbc cards;
  private final WhoAmI whoAmI;

  ChatPages(Chats chats, LeadsJdbc leads, LeadCardJdbc cards, WhoAmI whoAmI) {
    this.chats = chats;
    this.leads = leads;
    this.cards = cards;
    this.whoAmI = whoAmI;
  }

  @GetMapping
  String list(Model model) {
    model.addAttribute("chats", newest());
    return "console/chats";
  }

  /** The lines of the page that is open already. */
  @GetMapping("/list")
  String again(Model model) {
    model.addAttribute("chats", newest());
    return "console/chats-parts :: list";
  }

  @GetMapping("/{lead}")
  String chat(@PathVariable String lead, HttpServletRequest request, Model model) {
    fill(lead, request, model);
    return "console/chat";
  }

  /** What was said, of the page that is open already. */
  @GetMapping("/{lead}/lines")
  String lines(@PathVariable String lead, HttpServletRequest request, Model model) {
    fill(lead, request, model);
    return "console/chats-parts :: lines";
  }

  /** Answers; the same answer sent twice is one. */
  @PostMapping("/{lead}")
  String answer(
      @PathVariable String lead,
      @RequestParam(defaultValue = "") String text,
      @RequestParam(defaultValue = "") String id,
      HttpServletRequest request) {
    SameOrigin.require(request);
    UUID leadId = find(lead).id();
    Optional<String> me = whoAmI.of(request).map(person -> person.name());
    if (me.isEmpty()) {
      return "redirect:/sales/me?then=/sales/chats/" + leadId;
    }
    if (!text.isBlank()) {
      String all = text.strip();
      chats.answer(
          leadId,
          me.get(),
          LeadPages.leadId(id),
          all.substring(0, Math.min(LONGEST, all.length())));
    }
    return "redirect:/sales/chats/" + leadId;
  }

  private void fill(String lead, HttpServletRequest request, Model model) {
    LeadCard card = find(lead);
    model.addAttribute("lead", card);
    model.addAttribute("me", whoAmI.of(request).orElse(null));
    model.addAttribute(
        "lines", chats.lines(card.id()).stream().map(line -> SaidLine.of(line, card)).toList());
    model.addAttribute("next", UUID.randomUUID());
  }

  private LeadCard find(String lead) {
    return leads
        .survivor(LeadPages.leadId(lead))
        .flatMap(cards::find)
        .orElseThrow(() -> LeadPages.unknown(lead));
  }

  private List<ChatLine> newest() {
    return chats.newest().stream().map(ChatLine::of).toList();
  }
}
