using Argosy.Core;

namespace Argosy.Engine.Images;

/// <summary>A container that was made from an image.</summary>
public sealed record ImageUse(ContainerId Container, bool IsRunning);
