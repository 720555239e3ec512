// Shows every <time datetime> in the reader's own zone; the server writes UTC.
(function () {
  'use strict';

  var full = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
  var short = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
  var clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });

  function localise(root) {
    root.querySelectorAll('time[datetime]:not([data-local])').forEach(function (time) {
      var at = new Date(time.dateTime);
      if (isNaN(at)) {
        return;
      }
      time.dataset.local = '';
      time.title = full.format(at) + '\n' + at.toISOString();
      time.textContent = (time.dataset.show === 'clock' ? clock : short).format(at);
    });
  }

  document.addEventListener('DOMContentLoaded', function () { localise(document); });
  document.addEventListener('htmx:load', function (event) { localise(event.detail.elt.parentNode || document); });
})();
