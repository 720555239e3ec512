/** What tests in a real browser need. */
package io.ripen.app.web;
