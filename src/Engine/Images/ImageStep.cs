using Argosy.Core;
using Argosy.Images.Manifests;

namespace Argosy.Engine.Images;

/// <summary>A step of an image's making; the image is known for the newest step, and for those whose images are here.</summary>
public sealed record ImageStep(HistoryEntry Entry, Digest? Id, IReadOnlyList<string> Tags, long Size);
