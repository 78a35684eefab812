using System.Globalization;
using Argosy.Engine.Containers.Model;
using Argosy.Engine.Health;

namespace Argosy.Api.Routes.Containers;

/// <summary>The STATUS column: "Up 2 hours (healthy)", "Exited (0) 3 minutes ago".</summary>
internal static class StatusText
{
    internal static string Of(ContainerState state, HealthStatus health, DateTimeOffset now) => state.Status switch
    {
        ContainerStatus.Running => $"Up {Human(now - state.StartedAt)}{Suffix(health)}",
        ContainerStatus.Paused => $"Up {Human(now - state.StartedAt)} (Paused)",
        ContainerStatus.Restarting => string.Create(CultureInfo.InvariantCulture, $"Restarting ({state.ExitCode}) {Human(now - state.FinishedAt)} ago"),
        ContainerStatus.Removing => "Removal In Progress",
        ContainerStatus.Dead => "Dead",
        ContainerStatus.Created => "Created",
        _ => string.Create(CultureInfo.InvariantCulture, $"Exited ({state.ExitCode}) {Human(now - state.FinishedAt)} ago"),
    };

    /// <summary>Durations in Docker's words (go-units HumanDuration).</summary>
    internal static string Human(TimeSpan? duration)
    {
        TimeSpan span = duration ?? TimeSpan.Zero;
        long seconds = (long)span.TotalSeconds;
        long hours = (long)Math.Round(span.TotalHours, MidpointRounding.AwayFromZero);
        return seconds switch
        {
            < 1 => "Less than a second",
            1 => "1 second",
            < 60 => $"{seconds} seconds",
            < 120 => "About a minute",
            < 3600 => $"{seconds / 60} minutes",
            _ when hours == 1 => "About an hour",
            _ when hours < 48 => $"{hours} hours",
            _ when hours < 24 * 7 * 2 => $"{hours / 24} days",
            _ when hours < 24 * 30 * 2 => $"{hours / 24 / 7} weeks",
            _ when hours < 24 * 365 * 2 => $"{hours / 24 / 30} months",
            _ => $"{hours / 24 / 365} years",
        };
    }

    private static string Suffix(HealthStatus health) => health switch
    {
        HealthStatus.Healthy => " (healthy)",
        HealthStatus.Unhealthy => " (unhealthy)",
        HealthStatus.Starting => " (health: starting)",
        _ => "",
    };
}
