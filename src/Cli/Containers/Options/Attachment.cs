namespace Argosy.Cli.Containers.Options;

/// <summary>Which streams of a container the client joins.</summary>
internal readonly record struct Attachment(bool Stdin, bool Stdout, bool Stderr)
{
    public bool IsAny => Stdin || Stdout || Stderr;
}
