using Argosy.Catalog.Resolver;
using Argosy.Daemon;

try
{
    // The daemon's own words to itself: no parser of command lines is loaded into that process, which is to stay small.
    if (args is [ResolverProgram.Verb, ResolverProgram.ExecRootOption, var execRoot])
        return await ResolverProgram.RunAsync(execRoot, CancellationToken.None);
    return await new CommandLine().InvokeAsync(args, DaemonHost.RunAsync);
}
catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException or Argosy.Core.EngineException or Argosy.Linux.LinuxException)
{
    await Console.Error.WriteLineAsync("argosyd: " + exception.Message);
    return 1;
}
