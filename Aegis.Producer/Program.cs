using System.CommandLine;
using Aegis.Core.Faults;
using Aegis.Core.Transactions;
using Aegis.Datasets.Files;
using Aegis.Producer;
using Aegis.Streams.Redis;
using Microsoft.Extensions.Options;

var root = new RootCommand("Aegis producer: simulated or replayed traffic into the log.") { SimulateVerb.Create(), ReplayVerb.Create() };
try
{
    AddedCodes.TakeFromEnvironment();
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration
        { EnableDefaultExceptionHandler = false, Error = new FaultWriter(Console.Error) });
}
catch (Exception e) when (
    e is DatasetException or ArgumentException or FormatException or IOException or InvalidDataException or UnauthorizedAccessException
        or RedisException or OptionsValidationException || FaultMessage.IsOfASetting(e))
{
    await Console.Error.WriteLineAsync($"aegis producer: {FaultMessage.Of(e)}");
    return 1;
}
catch (OperationCanceledException)
{
    return 0;
}
