using Argosy.Api.Http;
using Argosy.Contract.System;
using Argosy.Core;
using Argosy.Engine.Events;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Argosy.Api.Routes.Daemon;

/// <summary>The stream of events.</summary>
internal sealed class EventRoutes(EventBus events, TimeProvider clock) : IRouteGroup
{
    private static readonly string[] Known =
        ["config", "container", "daemon", "event", "image", "label", "network", "node", "plugin", "scope", "secret", "service", "type", "volume"];

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/events", Stream);

    private async Task Stream(HttpContext context)
    {
        Filters filters = context.Filters();
        filters.Require(Known);
        DateTimeOffset? since = Moment(context, "since");
        DateTimeOffset? until = Moment(context, "until");
        if (until < since)
            throw EngineException.Invalid("`since` time must be before `until` time");
        using EventBus.Subscription subscription = events.Subscribe(includeHistory: since is not null);
        using var lines = new JsonLines<EventMessage>(context, SystemJson.Default.EventMessage);
        await lines.StartAsync(context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        foreach (EngineEvent past in subscription.History.Where(past => past.Time >= since && (until is null || past.Time <= until) && Matches(past, filters)))
            await lines.WriteAsync(Show(past), context.RequestAborted);
        await FollowAsync(subscription, lines, filters, until, context.RequestAborted);
    }

    private async Task FollowAsync(EventBus.Subscription subscription, JsonLines<EventMessage> lines, Filters filters, DateTimeOffset? until, CancellationToken cancellationToken)
    {
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (until is { } limit)
        {
            TimeSpan left = limit - clock.GetUtcNow();
            if (left <= TimeSpan.Zero)
                return;
            end.CancelAfter(left);
        }
        try
        {
            await foreach (EngineEvent next in subscription.Reader.ReadAllAsync(end.Token))
            {
                if (Matches(next, filters))
                    await lines.WriteAsync(Show(next), cancellationToken);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // "until" has come.
        }
    }

    private static bool Matches(EngineEvent item, Filters filters) =>
        Any(filters, "type", type => item.Type == type)
        && Any(filters, "event", action => item.Action == action || item.Action.StartsWith(action + ":", StringComparison.Ordinal))
        && Any(filters, "scope", scope => scope == "local")
        && filters.MatchesLabels(item.Attributes)
        && MatchesActor(item, filters, "container") && MatchesActor(item, filters, "image") && MatchesActor(item, filters, "network")
        && MatchesActor(item, filters, "volume") && MatchesActor(item, filters, "daemon");

    private static bool MatchesActor(EngineEvent item, Filters filters, string type) => Any(filters, type, wanted =>
        (item.Type == type && (item.ActorId == wanted || item.ActorId.StartsWith(wanted, StringComparison.Ordinal) || item.Attributes.GetValueOrDefault("name") == wanted))
        || (type == "image" && item.Attributes.GetValueOrDefault("image") == wanted)
        || item.Attributes.GetValueOrDefault(type) == wanted);

    private static bool Any(Filters filters, string key, Func<string, bool> matches) => !filters.Has(key) || filters.Get(key).Any(matches);

    private static EventMessage Show(EngineEvent item)
    {
        bool old = item.Type is "container" or "image";
        return new EventMessage
        {
            Status = old ? item.Action : null,
            Id = old ? item.ActorId : null,
            From = item.Type == "container" ? item.Attributes.GetValueOrDefault("image") : null,
            Type = item.Type,
            Action = item.Action,
            Actor = new EventActor { Id = item.ActorId, Attributes = item.Attributes },
            Scope = "local",
            Time = item.Time.ToUnixTimeSeconds(),
            TimeNano = (item.Time - DateTimeOffset.UnixEpoch).Ticks * 100,
        };
    }

    private DateTimeOffset? Moment(HttpContext context, string name) =>
        context.Query(name) is { Length: > 0 } text && text != "0" ? TimeText.Parse(text, clock) : null;
}
