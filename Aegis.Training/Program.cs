using System.CommandLine;
using Aegis.Client;
using Aegis.Core.Faults;
using Aegis.Core.Transactions;
using Aegis.Datasets.Files;
using Aegis.Training.Verbs;

// As shells count a program that Ctrl-C ended.
const int Interrupted = 130;

var root = new RootCommand("Aegis training: make data, train model bundles, measure them.")
{
    GenerateVerb.Create(), TrainVerb.Create(), EvaluateVerb.Create(), WeeksVerb.Create(), BenchmarkVerb.Create(), SchemaVerb.Create(),
    ExportVerb.Create(), AttachVerb.Create(),
};

if (Console.IsOutputRedirected)
{
    // Tables in a file do not depend on a terminal's width.
    Spectre.Console.AnsiConsole.Profile.Width = 160;
}

try
{
    AddedCodes.TakeFromEnvironment();
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration
        { EnableDefaultExceptionHandler = false, Error = new FaultWriter(Console.Error) });
}
catch (Exception e) when (e is DatasetException or AegisException or ArgumentException or FormatException or IOException
    or UnauthorizedAccessException)
{
    await Console.Error.WriteLineAsync($"aegis training: {FaultMessage.Of(e)}");
    return 1;
}
catch (OperationCanceledException)
{
    // Ctrl-C, which needs no words.
    return Interrupted;
}
