using Argosy.Core;
using Argosy.Engine.Events;
using Argosy.Images.Records;

namespace Argosy.Engine.Images;

/// <summary>Publishes image events with Docker's actors: an image id, or for pull and push the name.</summary>
public sealed class ImageEvents(EventBus events)
{
    internal void OfImage(string action, ImageRecord image, string? name = null) =>
        events.Publish("image", action, image.Id.ToString(), new Dictionary<string, string>(image.Labels) { ["name"] = name ?? image.Id.ToString() });

    internal void OfName(string action, ImageReference name, ImageRecord image) =>
        events.Publish("image", action, name.Familiar, new Dictionary<string, string>(image.Labels) { ["name"] = name.FamiliarName });
}
