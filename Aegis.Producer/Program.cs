using System.CommandLine;
using Aegis.Datasets.Files;
using Aegis.Producer;
using Aegis.Streams.Redis;

var root = new RootCommand("Aegis producer: simulated or replayed traffic into the log.") { SimulateVerb.Create(), ReplayVerb.Create() };
try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception e) when (e is DatasetException or ArgumentException or FormatException or IOException or RedisException)
{
    await Console.Error.WriteLineAsync($"aegis producer: {e.Message}");
    return 1;
}
catch (OperationCanceledException)
{
    return 0;
}
