// Draws a flow and keeps the numbers on it up to date.
(function () {
  'use strict';

  var INTERVAL = 2000;
  var canvas = document.getElementById('diagram');
  var message = canvas.querySelector('.diagram-message');
  var viewer = new window.BpmnJS({ container: canvas, zoomScroll: { enabled: false } });
  var shown = {};

  function part(kind, text, title) {
    var span = document.createElement('span');
    span.className = 'count-' + kind;
    span.textContent = text;
    span.title = title;
    return span;
  }

  function badge(parts, side) {
    var count = document.createElement('div');
    count.className = 'count count-' + side;
    parts.forEach(function (each) { count.appendChild(each); });
    return count;
  }

  // What is there now stands at the right shoulder of a step, what has passed at the left one.
  function now(element) {
    var parts = [];
    if (element.active > 0) {
      parts.push(part('active', element.active, 'There now: ' + element.active));
    }
    if (element.incidents > 0) {
      parts.push(part('incident', '! ' + element.incidents, 'Incidents: ' + element.incidents));
    }
    return parts;
  }

  function passed(element) {
    return element.passed > 0
      ? [part('passed', element.passed, 'Passed: ' + element.passed)]
      : [];
  }

  function add(element, shape, parts, side) {
    var inset = shape.width > 60 ? 26 : 12;
    if (parts.length > 0) {
      viewer.get('overlays').add(element.elementId, 'count', {
        position: { top: -11, left: side === 'left' ? inset : shape.width - inset },
        scale: { min: 0.75, max: 1.2 },
        html: badge(parts, side)
      });
    }
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
      add(element, shape, passed(element), 'left');
      add(element, shape, now(element), 'right');
      mark(element.elementId, 'is-active', element.active > 0 && shape.width <= 120);
      mark(element.elementId, 'has-incident', element.incidents > 0);
    });
  }

  function fit() {
    viewer.get('canvas').zoom('fit-viewport', 'auto');
  }

  function watchSize() {
    var width = canvas.clientWidth;
    new ResizeObserver(function () {
      if (canvas.clientWidth !== width) {
        width = canvas.clientWidth;
        viewer.get('canvas').resized();
        fit();
      }
    }).observe(canvas);
  }

  canvas.addEventListener('click', function (event) {
    var zoom = event.target.dataset.zoom;
    if (zoom === 'fit') {
      fit();
    } else if (zoom) {
      viewer.get('zoomScroll').stepZoom(zoom === 'in' ? 1 : -1);
    }
  });

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
      fit();
      watchSize();
      return refresh();
    })
    .catch(function () {
      if (message.isConnected) {
        message.textContent = 'This diagram cannot be drawn. Open it in Camunda Modeler to see why.';
      }
    })
    .then(function () { setTimeout(poll, INTERVAL); });
})();
