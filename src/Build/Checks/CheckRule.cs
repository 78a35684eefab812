namespace Argosy.Build.Checks;

/// <summary>A rule of Docker's build checks.</summary>
/// <param name="Name">What <c>skip=</c> and <c>experimental=</c> call it.</param>
/// <param name="Page">Its page in Docker's documentation.</param>
/// <param name="Description">What it asks for, in Docker's words.</param>
public sealed record CheckRule(string Name, string Page, string Description)
{
    /// <summary>Only looked at when it is asked for.</summary>
    public bool IsExperimental { get; init; }

    /// <summary>Where it is explained.</summary>
    public string Url => $"https://docs.docker.com/go/dockerfile/rule/{Page}/";
}
