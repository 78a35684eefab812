using Argosy.Engine.Containers.Model;

namespace Argosy.Api.Routes.Containers;

/// <summary>What a client that attaches asks for.</summary>
internal sealed record AttachRequest(ContainerRecord Container, DetachSequence Keys)
{
    /// <summary>Take part in what comes from now on.</summary>
    internal bool Stream { get; init; }

    /// <summary>First what the log has.</summary>
    internal bool Replay { get; init; }

    internal bool Stdin { get; init; }

    internal bool Stdout { get; init; }

    internal bool Stderr { get; init; }

    internal bool Terminal => Container.Config.Tty;
}
