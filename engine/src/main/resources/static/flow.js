// Draws a flow and keeps the numbers on it up to date.
(function () {
  'use strict';

  var INTERVAL = 2000;
  var canvas = document.getElementById('diagram');
  var message = canvas.querySelector('.diagram-message');
  var viewer = new window.BpmnJS({ container: canvas });
  var shown = {};

  function part(kind, text, title) {
    var span = document.createElement('span');
    span.className = 'count-' + kind;
    span.textContent = text;
    span.title = title;
    return span;
  }

  function badge(element) {
    var count = document.createElement('div');
    count.className = 'count';
    if (element.incidents > 0) {
      count.appendChild(part('incident', '! ' + element.incidents, 'Incidents: ' + element.incidents));
    }
    if (element.active > 0) {
      count.appendChild(part('active', element.active, 'There now: ' + element.active));
    }
    if (element.passed > 0) {
      count.appendChild(part('passed', element.passed, 'Passed: ' + element.passed));
    }
    return count;
  }

  function mark(id, name, on) {
    var markers = viewer.get('canvas');
    if (on !== markers.hasMarker(id, name)) {
      (on ? markers.addMarker : markers.removeMarker).call(markers, id, name);
    }
  }

  function show(counts) {
    var overlays = viewer.get('overlays');
    var registry = viewer.get('elementRegistry');
    counts.elements.forEach(function (element) {
      var shape = registry.get(element.elementId);
      if (!shape || shape.waypoints) {
        return;
      }
      var key = [element.active, element.passed, element.incidents].join('/');
      if (shown[element.elementId] === key) {
        return;
      }
      shown[element.elementId] = key;
      overlays.remove({ element: element.elementId, type: 'count' });
      overlays.add(element.elementId, 'count', {
        position: { top: -11, left: shape.width > 60 ? shape.width - 34 : shape.width - 12 },
        scale: { min: 0.8, max: 1.2 },
        html: badge(element)
      });
      mark(element.elementId, 'is-active', element.active > 0 && shape.width <= 120);
      mark(element.elementId, 'has-incident', element.incidents > 0);
    });
  }

  function refresh() {
    return fetch(canvas.dataset.counts, { headers: { Accept: 'application/json' } })
      .then(function (answer) {
        if (!answer.ok) {
          throw new Error(answer.status);
        }
        return answer.json();
      })
      .then(show);
  }

  function poll() {
    if (document.hidden) {
      setTimeout(poll, INTERVAL);
      return;
    }
    refresh()
      .then(function () { window.htmx.trigger('#numbers', 'refresh'); })
      .catch(function () { /* The server is away; the next round asks again. */ })
      .then(function () { setTimeout(poll, INTERVAL); });
  }

  fetch(canvas.dataset.bpmn)
    .then(function (answer) { return answer.text(); })
    .then(function (xml) { return viewer.importXML(xml); })
    .then(function () {
      message.remove();
      viewer.get('canvas').zoom('fit-viewport', 'auto');
      return refresh();
    })
    .catch(function () {
      if (message.isConnected) {
        message.textContent = 'This diagram cannot be drawn. Open it in Camunda Modeler to see why.';
      }
    })
    .then(function () { setTimeout(poll, INTERVAL); });
})();
