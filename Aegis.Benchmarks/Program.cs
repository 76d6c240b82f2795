using Aegis.Benchmarks;
using Aegis.Benchmarks.EndToEnd;
using System.CommandLine;

var kernel = new Command("kernel", "Time of a decision's models, alone and in batches, one thread, half a minute.");
kernel.SetAction(_ => KernelBenchmark.Run());

var micro = new Command("micro", "Time and allocation of one payment's stages, one core; further options go to BenchmarkDotNet.") { TreatUnmatchedTokensAsErrors = false };
micro.SetAction(parsed => PaymentStages.Run([.. parsed.UnmatchedTokens]));

var count = new Option<long>("--count") { Description = "Transactions, 1,000 to 100,000,000.", DefaultValueFactory = _ => 2_000_000 };
count.Validators.Add(result =>
{
    if (result.GetValue(count) is < 1_000 or > 100_000_000)
    {
        result.AddError($"--count is '{result.GetValue(count)}'; allowed: 1000 to 100000000.");
    }
});
var seed = new Option<ulong>("--seed") { Description = "Decides payments, model and kills.", DefaultValueFactory = _ => 42 };
var drain = new Command("drain", "A backlog decided and durably stored, beside redis-benchmark on the same server.") { count, seed };
drain.SetAction((parsed, _) => DrainBenchmark.RunAsync(parsed.GetValue(count), parsed.GetValue(seed)));

return await new RootCommand("Measures Aegis; results go to artifacts/bench.") { drain, kernel, micro }.Parse(args).InvokeAsync();
