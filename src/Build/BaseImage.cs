using Argosy.Core;

namespace Argosy.Build;

/// <summary>An image to build on.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Configuration">Its configuration blob.</param>
public sealed record BaseImage(Digest Id, ReadOnlyMemory<byte> Configuration);
