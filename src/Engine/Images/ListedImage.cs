using Argosy.Images.Records;

namespace Argosy.Engine.Images;

/// <summary>An image as a list shows it: with the names that the list's filters let through.</summary>
/// <param name="Image">The image.</param>
/// <param name="Tags">Names with tags.</param>
/// <param name="Digests">Names with digests.</param>
/// <param name="SharedSize">Bytes in layers that other images have too; −1 when it was not asked for.</param>
/// <param name="Containers">How many containers use it.</param>
public sealed record ListedImage(ImageRecord Image, IReadOnlyList<string> Tags, IReadOnlyList<string> Digests, long SharedSize, int Containers);
