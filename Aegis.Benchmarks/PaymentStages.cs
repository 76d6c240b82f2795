using Aegis.Benchmarks.EndToEnd;
using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.Core.Numerics;
using Aegis.Core.Transactions;
using Aegis.Datasets.Simulation;
using Aegis.MachineLearning.Autoencoders;
using Aegis.MachineLearning.Bundles;
using Aegis.Streams.Entries;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Aegis.Benchmarks;

/// <summary>Measures each stage of one payment by itself, with a model of the default size on simulated payments.</summary>
[MemoryDiagnoser]
public class PaymentStages
{
    private readonly float[] _features = new float[FeatureSchema.Count];
    private readonly double[] _shares = new double[FeatureSchema.Count];
    private readonly ShardHistories _histories = new(CurrencyRates.Default);
    private readonly FeatureRows _rows = new();
    private readonly List<Transaction> _transactions = [];
    private FraudDetector _detector = null!;
    private float[] _inputs = [];
    private float[] _errors = [];
    private float[] _scratch = [];
    private byte[] _entry = [];
    private int _next;

    /// <summary>Runs the benchmarks in this process: BenchmarkDotNet's generated projects would need a package feed.</summary>
    public static void Run(string[] options)
    {
        var config = DefaultConfig.Instance
            .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance))
            .AddColumn(StatisticColumn.OperationsPerSecond)
            .WithArtifactsPath(Path.Combine(Report.Folder, "micro"));
        string[] all = options.Contains("--filter") ? [] : ["--filter", "*"];
        BenchmarkSwitcher.FromTypes([typeof(PaymentStages)]).Run([.. all, .. options], config);
    }

    /// <summary>Trains the model.</summary>
    [GlobalSetup]
    public void Train()
    {
        foreach (var (transaction, label) in new TransactionSimulator(new SimulationOptions { Customers = 500 })
            .Stream(new DateOnly(2025, 1, 1), 90))
        {
            _histories.ExtractAndAdd(transaction, _features);
            var day = DateOnly.FromDateTime(transaction.EventTime.UtcDateTime).DayNumber;
            _rows.Add(_features, transaction.CardToken, day, label.IsFraud, StableHash.Hash64(transaction.Id));
            _transactions.Add(transaction);
        }

        var model = FraudModelTrainer.Train(
            _rows, new FraudModelTrainingOptions(), CurrencyRates.Default, 1, "benchmark", new Dictionary<string, string>());
        _detector = new FraudDetector(model);
        _inputs = new float[model.Scaler.InputCount];
        _errors = new float[model.Scaler.InputCount];
        _scratch = new float[model.Autoencoder.ScratchLength];
        _entry = MessageCodec.Encode(new LogMessage([_transactions[0]], IsHistory: false, _transactions[0].EventTime, TraceParent: null));
    }

    /// <summary>Decodes bytes to a transaction.</summary>
    [Benchmark]
    public LogMessage Decode() => MessageCodec.Decode(_entry);

    /// <summary>Computes the feature vector and updates the history.</summary>
    [Benchmark]
    public void ExtractAndAdd() => _histories.ExtractAndAdd(_transactions[Next()], _features);

    /// <summary>Encodes the inputs and scores them by the isolation forest of 300 trees.</summary>
    [Benchmark]
    public double Forest()
    {
        _detector.Model.Scaler.Encode(_rows[Next()], _inputs);
        return _detector.Model.Forest.Forest.Score(_inputs);
    }

    /// <summary>Encodes the inputs and scores them by the autoencoder.</summary>
    [Benchmark]
    public double Autoencoder()
    {
        _detector.Model.Scaler.Encode(_rows[Next()], _inputs);
        return _detector.Model.Autoencoder.Autoencoder.Score(_inputs, _errors, _scratch);
    }

    /// <summary>All models, calibration and fusion: a whole decision without its history.</summary>
    [Benchmark(Baseline = true)]
    public Assessment Assess() => _detector.Assess(_rows[Next()]);

    /// <summary>The shares of suspicion, which scoring computes only for flagged payments.</summary>
    [Benchmark]
    public void Attribute() => _detector.Attribute(_rows[Next()], _shares);

    /// <summary>The reasons of a payment: its shares, and the text of the strongest.</summary>
    [Benchmark]
    public IReadOnlyList<ReasonCode> Reasons()
    {
        var row = Next();
        _detector.Attribute(_rows[row], _shares);
        return ReasonWriter.Write(_transactions[row], _rows[row], _shares, CardNorms.Of(_rows[row]), CurrencyRates.Default);
    }

    private int Next() => _next = (_next + 1) % _transactions.Count;
}
