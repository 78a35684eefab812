using Argosy.Core;
using Argosy.Images.Records;

namespace Argosy.Engine.Images;

/// <summary>Gives images names.</summary>
public sealed class ImageTagging(ImageStore images, ImageEvents events)
{
    /// <summary>Points a name with a tag at an image, away from any other.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.InvalidArgument"/> when the name has a digest.</exception>
    public async Task TagAsync(ImageReference name, ImageRecord image)
    {
        if (name.Digest is not null)
            throw EngineException.Invalid("refusing to create a tag with a digest reference");
        if (name.FamiliarName == "sha256")
            throw EngineException.Invalid("refusing to create an ambiguous tag using digest algorithm as name");
        await images.TagAsync(name, image.Id);
        events.OfImage("tag", image, name.Familiar);
    }
}
