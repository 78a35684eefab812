using Argosy.Contract.Stacks;

namespace Argosy.Stacks;

/// <summary>What one container's request needs beside the service.</summary>
internal sealed record RequestContext
{
    public required StackSpec Spec { get; init; }

    public required string Service { get; init; }

    public required int Number { get; init; }

    public required string Name { get; init; }

    /// <summary>The image's id, for the label.</summary>
    public required string ImageId { get; init; }

    /// <summary>The container id of the first container of a service whose namespace is joined.</summary>
    public required Func<string, string> ContainerOf { get; init; }

    /// <summary>Where the file of a secret or config is on this host.</summary>
    public required Func<string, StackFileReference, bool, string> FileOf { get; init; }

    /// <summary>The container that this one takes the place of; null for none.</summary>
    public ObservedContainer? Replaces { get; init; }
}
