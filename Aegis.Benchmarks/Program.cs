using Aegis.Benchmarks;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

if (args is ["kernel"])
{
    KernelBenchmark.Run();
    return 0;
}

if (args is not ["micro", ..])
{
    await Console.Error.WriteLineAsync($"""
        Usage: ./aegis bench kernel | micro [OPTIONS OF BENCHMARKDOTNET]

          kernel  time of a decision's models, alone and in batches, one thread, half a minute
          micro   time and allocation of one payment's stages, one core

        '{string.Join(' ', args)}' is not among them.
        """);
    return args is ["--help" or "-h"] ? 0 : 1;
}

// In this very process: a project generated and restored on the fly would need a package feed.
var config = DefaultConfig.Instance
    .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance))
    .AddColumn(StatisticColumn.OperationsPerSecond)
    .WithArtifactsPath(Path.Combine("artifacts", "bench", "micro"));
BenchmarkSwitcher.FromTypes([typeof(PaymentStages)]).Run(["--filter", "*", .. args[1..]], config);
return 0;
