namespace Argosy.Engine.Images;

/// <summary>Hears how an image operation goes. Called from several threads; must not block.</summary>
public interface IImageProgress
{
    /// <summary>Takes one line.</summary>
    void Report(ImageProgress line);
}
