namespace Argosy.Compose;

/// <summary>What binding a project's nodes needs to know beside the nodes.</summary>
/// <param name="ProjectName">Prefix of the names of networks, volumes, secrets and configs.</param>
/// <param name="Lookup">The project's environment: the client's over <c>.env</c>.</param>
internal sealed record BindingContext(string ProjectName, Func<string, string?> Lookup);
