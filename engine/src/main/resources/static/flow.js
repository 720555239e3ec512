// Draws a flow and keeps the numbers on it up to date.
(function () {
  'use strict';

  var INTERVAL = 2000;
  var ICON = 18;
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

  function badge(parts, corner) {
    var count = document.createElement('div');
    count.className = 'count count-' + corner;
    parts.forEach(function (each) { count.appendChild(each); });
    return count;
  }

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

  // Where a badge hides nothing: which of its corners lies at which point of the step. What has passed
  // stands on the left, what is there now on the right.
  function places(shape) {
    if (shape.type === 'bpmn:BoundaryEvent') {
      // Above it is the task, at its right side its label.
      return { passed: ['top-right', 6, 33], now: ['top-left', 30, 33] };
    }
    if (/Event$/.test(shape.type)) {
      return beside(shape, 6, 3);
    }
    if (/Gateway$/.test(shape.type)) {
      return beside(shape, 13, 9);
    }
    return { passed: ['bottom-left', 0, -5], now: ['bottom-right', shape.width, -5] };
  }

  // At its upper corners, or at the lower ones where its label stands above it.
  function beside(shape, inward, down) {
    var right = shape.width - inward;
    return shape.label && shape.label.y < shape.y
      ? { passed: ['top-right', inward, shape.height - down], now: ['top-left', right, shape.height - down] }
      : { passed: ['bottom-right', inward, down], now: ['bottom-left', right, down] };
  }

  function add(element, parts, place) {
    if (parts.length > 0) {
      viewer.get('overlays').add(element.elementId, 'count', {
        position: { left: place[1], top: place[2] },
        scale: { min: 0.75, max: 1.2 },
        html: badge(parts, place[0])
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
      add(element, passed(element), places(shape).passed);
      add(element, now(element), places(shape).now);
      mark(element.elementId, 'is-active', element.active > 0 && shape.width <= 120);
      mark(element.elementId, 'has-incident', element.incidents > 0);
    });
  }

  // As Camunda Modeler draws a step that comes from an element template: with the template's icon in
  // place of the one of its type.
  function drawIcons() {
    viewer.get('elementRegistry').forEach(function (shape, gfx) {
      var icon = shape.businessObject.$attrs['zeebe:modelerTemplateIcon'];
      if (!icon || icon.indexOf('data:image/') !== 0 || shape.waypoints || shape.labelTarget) {
        return;
      }
      var isEvent = /Event$/.test(shape.type);
      var visual = gfx.querySelector('.djs-visual');
      var rings = shape.type === 'bpmn:StartEvent' || shape.type === 'bpmn:EndEvent' ? 1 : 2;
      Array.from(visual.children).forEach(function (child, index) {
        var keep = isEvent ? index < rings : child.tagName !== 'path' || child.dataset.marker;
        if (!keep) {
          child.remove();
        }
      });
      var image = document.createElementNS('http://www.w3.org/2000/svg', 'image');
      var offset = isEvent ? (shape.width - ICON) / 2 : 5;
      image.setAttribute('href', icon);
      ['x', 'y'].forEach(function (side) { image.setAttribute(side, offset); });
      ['width', 'height'].forEach(function (side) { image.setAttribute(side, ICON); });
      visual.appendChild(image);
    });
  }

  // Badges stand out over the steps at the edge.
  function fit() {
    var scale = viewer.get('canvas').zoom('fit-viewport', 'auto');
    if (scale < 1) {
      viewer.get('canvas').zoom(scale * 0.93, 'auto');
    }
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
      drawIcons();
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
