// Shows every <time datetime> in the reader's own zone; the server writes UTC.
(function () {
  'use strict';

  // With its zone: the reader's is often not the server's, nor the lead's.
  var inZone = new Intl.DateTimeFormat(undefined, {
    day: 'numeric', month: 'short', year: 'numeric', hour: 'numeric', minute: '2-digit', timeZoneName: 'short'
  });

  function localise(root) {
    root.querySelectorAll('time[datetime]:not([data-local])').forEach(function (time) {
      var at = new Date(time.dateTime);
      if (isNaN(at)) {
        return;
      }
      time.dataset.local = '';
      time.title = at.toISOString();
      time.textContent = inZone.format(at);
    });
  }

  // A page that only hands something on, for those whose browser runs scripts: people.
  function submitNow() {
    var form = document.querySelector('form[data-submit-now]');
    if (form) {
      form.requestSubmit();
    }
  }

  document.addEventListener('DOMContentLoaded', function () { localise(document); submitNow(); });
  document.addEventListener('htmx:load', function (event) { localise(event.detail.elt.parentNode || document); });
})();
