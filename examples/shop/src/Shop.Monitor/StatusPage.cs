using System.Globalization;
using Shop.Common.Markup;

namespace Shop.Monitor;

/// <summary>The page for people; its style sheet is the storefront's, through which it is reached.</summary>
internal static class StatusPage
{
    internal static Html Render(StatusReport report) => Html.Of(
        $"""
        <!doctype html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <meta http-equiv="refresh" content="5">
          <title>Status – Lantern &amp; Line</title>
          <link rel="icon" href="/assets/mark.svg" type="image/svg+xml">
          <link rel="stylesheet" href="/assets/shop.css">
        </head>
        <body class="plain">
          <header class="masthead"><div class="wrap bar">
            <a class="brand" href="/"><img src="/assets/mark.svg" alt="" width="34" height="34"><span>Lantern &amp; Line</span></a>
            <nav aria-label="Main"><a href="/">Back to the shop</a></nav>
          </div></header>
          <main class="wrap narrow">
            <h1>Status</h1>
            <p class="verdict {report.State}"><span class="lamp" aria-hidden="true"></span>{Verdict(report.State)}</p>
            <ul class="services">{Html.Join(report.Services, Service)}</ul>
            <p class="quiet">Checked at {Clock(report.CheckedAt)} UTC. The page renews itself every five seconds; programs read <a href="/status.json">status.json</a>.</p>
          </main>
        </body>
        </html>
        """);

    private static Html Service(ServiceState service) => Html.Of(
        $"""
        <li class="service {service.State}">
          <div class="service-head"><span class="lamp" aria-hidden="true"></span><h2>{service.Name}</h2><strong>{service.State}</strong>
            <span class="quiet">since {Clock(service.Since)} · usable in {service.Availability.ToString("0.#", CultureInfo.InvariantCulture)} % of the last {service.History.Count} checks</span></div>
          <div class="history" aria-hidden="true">{Html.Join(service.History, state => Html.Of($"<i class=\"{state}\"></i>"))}</div>
          <ul class="replicas">{Html.Join(service.Replicas, Answer)}</ul>
        </li>
        """);

    private static Html Answer(Replica replica) => replica.Problem is { } problem
        ? Html.Of($"<li class=\"down\">{replica.Address}: {problem}</li>")
        : Html.Of($"<li>{replica.Address} · {replica.Milliseconds.ToString("0.0", CultureInfo.InvariantCulture)} ms</li>");

    private static string Verdict(string state) => state switch
    {
        ServiceState.Up => "Everything works.",
        ServiceState.Degraded => "The shop works, some of its parts do not.",
        _ => "A part of the shop is down.",
    };

    private static string Clock(DateTimeOffset moment) => moment.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
}
