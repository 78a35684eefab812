using Argosy.Catalog.Resolver;
using Argosy.Daemon;
using Argosy.Networks.Companions;
using Argosy.Networks.Relay;

try
{
    // The daemon's own words to itself: no parser of command lines is loaded into those processes, which are to stay small.
    return args switch
    {
        [ResolverProgram.Verb, CompanionKind.ExecRootOption, var execRoot] => await ResolverProgram.RunAsync(execRoot, CancellationToken.None),
        [RelayProgram.Verb, CompanionKind.ExecRootOption, var execRoot] => await RelayProgram.RunAsync(execRoot, CancellationToken.None),
        _ => await new CommandLine().InvokeAsync(args, DaemonHost.RunAsync),
    };
}
catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException or Argosy.Core.EngineException or Argosy.Linux.LinuxException)
{
    await Console.Error.WriteLineAsync("argosyd: " + exception.Message);
    return 1;
}
