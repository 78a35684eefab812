using System.Globalization;

namespace Argosy.Stacks;

/// <summary>A container of a project, as it is now.</summary>
public sealed record ObservedContainer
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required IReadOnlyDictionary<string, string> Labels { get; init; }
    public string ImageId { get; init; } = "";
    public ObservedStatus Status { get; init; }
    public ObservedHealth Health { get; init; }
    public int ExitCode { get; init; }

    /// <summary>The user stopped it: only the user, or a new daemon when it restarts always, starts it again.</summary>
    public bool StoppedByUser { get; init; }

    /// <summary>It ran when the last daemon ended, and would run if nothing had happened.</summary>
    public bool Lost { get; init; }

    /// <summary>Its restart policy is always.</summary>
    public bool RestartsAlways { get; init; }

    /// <summary>Its restart policy is unless-stopped.</summary>
    public bool RestartsUnlessStopped { get; init; }

    /// <summary>Path in the container to volume name, for the volumes that were made for it alone.</summary>
    public IReadOnlyDictionary<string, string> AnonymousVolumes { get; init; } = new Dictionary<string, string>();

    public string Project => Label(ComposeLabels.Project);

    public string Service => Label(ComposeLabels.Service);

    public string ConfigHash => Label(ComposeLabels.ConfigHash);

    /// <summary>The id of the container that this one takes the place of; empty when it takes none's.</summary>
    public string Replaces => Label(ComposeLabels.Replace);

    public bool IsOneOff => Label(ComposeLabels.OneOff).Equals("true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The N of <c>project-service-N</c>.</summary>
    public int Number => int.TryParse(Label(ComposeLabels.ContainerNumber), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;

    private string Label(string key) => Labels.TryGetValue(key, out string? value) ? value : "";
}
