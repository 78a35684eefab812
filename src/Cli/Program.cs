using Argosy.Cli.CommandLine;

return await CommandRunner.MainAsync(args);
