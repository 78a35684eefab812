using Argosy.Core;

namespace Argosy.Runtime;

/// <summary>What conmon has to know of a container: who it is, where its streams go, who makes it. Members as in <see cref="ContainerSpec"/>.</summary>
public sealed record ContainerStreams(ContainerId Id, string? Runtime, bool Terminal, bool OpenStdin, bool StdinOnce, string? LogPath);
