using Argosy.Catalog.Resolver;
using Argosy.Daemon;

try
{
    return await new CommandLine().InvokeAsync(args, DaemonHost.RunAsync, ResolverProgram.RunAsync);
}
catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException or Argosy.Core.EngineException or Argosy.Linux.LinuxException)
{
    await Console.Error.WriteLineAsync("argosyd: " + exception.Message);
    return 1;
}
