using System.CommandLine;
using Aegis.Core.Faults;
using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Operator;

/// <summary>A command that cannot do what was asked; the message is the one sentence that the operator reads.</summary>
internal sealed class CommandException(string message) : Exception(message);

/// <summary>The commands that operators run beside the service: <c>dead-letters</c>, <c>backup</c>, <c>restore</c>,
/// <c>rebuild</c>, <c>choose</c>, <c>verify</c>, <c>audit</c>.</summary>
internal static class OperatorCommands
{
    private static readonly Func<Command>[] All =
        [
            DeadLettersCommand.Create, BackupCommands.Backup, BackupCommands.Restore, RebuildCommand.Create, ChooseCommand.Create,
            VerifyCommand.Create, AuditCommand.Create];

    /// <summary>True if the arguments name one of the commands, so that the process does not serve.</summary>
    public static bool AreMeantBy(string[] args) => args.Length > 0 && All.Any(create => create().Name == args[0]);

    /// <summary>Runs a command.</summary>
    /// <returns>0; or 1 after a sentence that says what is wrong.</returns>
    public static async Task<int> RunAsync(string[] args, InvocationConfiguration? console = null)
    {
        console ??= new InvocationConfiguration();
        console.EnableDefaultExceptionHandler = false;
        console.Error = new FaultWriter(console.Error);
        var root = new RootCommand("What operators of Aegis do beside a running service.");
        foreach (var create in All)
        {
            root.Add(create());
        }

        try
        {
            return await root.Parse(args).InvokeAsync(console);
        }
        catch (Exception e) when (e is CommandException or BackupException or SqliteException or IOException or UnauthorizedAccessException)
        {
            await console.Error.WriteLineAsync($"aegis: {FaultMessage.Of(e)}");
            return 1;
        }
    }
}
