using Argosy.Core;
using Argosy.Engine.Containers.Model;

namespace Argosy.Engine.Containers;

/// <summary>Merges what a user asked for with what the image says, by Docker's rules.</summary>
internal static class ConfigMerger
{
    /// <summary>
    /// Cmd and Entrypoint: an entry point of the user's drops the image's command. Env, labels, ports and volumes are united, the user's win.
    /// </summary>
    internal static ContainerConfig Merge(ContainerConfig asked, ContainerConfig image)
    {
        bool ownEntrypoint = asked.Entrypoint is not null;
        IReadOnlyList<string>? cmd = asked.Cmd is { Count: > 0 } ? asked.Cmd : ownEntrypoint ? null : image.Cmd;
        // [""] is how a client says "no entry point at all" (docker run --entrypoint "").
        IReadOnlyList<string>? entrypoint = asked.Entrypoint is [""] or { Count: 0 } ? null : asked.Entrypoint ?? image.Entrypoint;
        return asked with
        {
            User = asked.User.Length > 0 ? asked.User : image.User,
            Cmd = cmd,
            Entrypoint = entrypoint,
            Env = MergeEnv(image.Env, asked.Env),
            Labels = Union(image.Labels, asked.Labels),
            ExposedPorts = [.. image.ExposedPorts.Union(asked.ExposedPorts)],
            Volumes = [.. image.Volumes.Union(asked.Volumes)],
            WorkingDir = asked.WorkingDir.Length > 0 ? asked.WorkingDir : image.WorkingDir,
            StopSignal = string.IsNullOrEmpty(asked.StopSignal) ? image.StopSignal : asked.StopSignal,
            Healthcheck = MergeHealth(asked.Healthcheck, image.Healthcheck),
            Shell = asked.Shell ?? image.Shell,
        };
    }

    private static string[] MergeEnv(IReadOnlyList<string> image, IReadOnlyList<string> asked)
    {
        var names = asked.Select(NameOf).ToHashSet(StringComparer.Ordinal);
        // The API's form "NAME" without "=" removes a variable of the image.
        return [.. asked.Where(entry => entry.Contains('=', StringComparison.Ordinal)), .. image.Where(entry => !names.Contains(NameOf(entry)))];
    }

    private static string NameOf(string entry) => entry.Split('=', 2)[0];

    private static Dictionary<string, string> Union(IReadOnlyDictionary<string, string> image, IReadOnlyDictionary<string, string> asked)
    {
        var result = new Dictionary<string, string>(image, StringComparer.Ordinal);
        foreach ((string key, string value) in asked)
            result[key] = value;
        return result;
    }

    private static HealthcheckConfig? MergeHealth(HealthcheckConfig? asked, HealthcheckConfig? image)
    {
        if (asked is null || image is null)
            return asked ?? image;
        if (asked.Test is [])
        {
            asked = asked with { Test = image.Test };
        }
        return asked with
        {
            Interval = asked.Interval != 0 ? asked.Interval : image.Interval,
            Timeout = asked.Timeout != 0 ? asked.Timeout : image.Timeout,
            StartPeriod = asked.StartPeriod != 0 ? asked.StartPeriod : image.StartPeriod,
            StartInterval = asked.StartInterval != 0 ? asked.StartInterval : image.StartInterval,
            Retries = asked.Retries != 0 ? asked.Retries : image.Retries,
        };
    }

    /// <summary>Docker's checks of a healthcheck's numbers.</summary>
    internal static void Check(HealthcheckConfig? health)
    {
        if (health is null)
            return;
        CheckDuration("Interval", health.Interval);
        CheckDuration("Timeout", health.Timeout);
        CheckDuration("StartInterval", health.StartInterval);
        if (health.StartPeriod is < 0 or (> 0 and < 1_000_000))
            throw EngineException.Invalid("StartPeriod in Healthcheck cannot be less than 1ms");
        if (health.Retries < 0)
            throw EngineException.Invalid("Retries in Healthcheck cannot be negative");
        if (health.Test is [var kind, ..] && kind is not ("NONE" or "CMD" or "CMD-SHELL"))
            throw EngineException.Invalid($"unknown healthcheck type '{kind}' (expected 'CMD', 'CMD-SHELL' or 'NONE')");
    }

    private static void CheckDuration(string name, long nanoseconds)
    {
        if (nanoseconds is < 0 or (> 0 and < 1_000_000))
            throw EngineException.Invalid($"{name} in Healthcheck cannot be less than 1ms");
    }
}
