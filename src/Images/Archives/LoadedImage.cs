using Argosy.Core;
using Argosy.Images.Records;

namespace Argosy.Images.Archives;

/// <summary>An image that came out of an archive, and the names it has there.</summary>
public sealed record LoadedImage(ImageRecord Image, IReadOnlyList<ImageReference> Names);
