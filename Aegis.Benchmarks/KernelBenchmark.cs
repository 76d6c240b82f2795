using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Aegis.Benchmarks.EndToEnd;
using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.Core.Numerics;
using Aegis.Core.Transactions;
using Aegis.Datasets.Simulation;
using Aegis.MachineLearning.Autoencoders;
using Aegis.MachineLearning.Bundles;
using Aegis.TestRig;

namespace Aegis.Benchmarks;

/// <summary>Measures the cost of a decision without its history, one payment at a time and in batches, on one thread:
/// the best of many passes.</summary>
internal sealed class KernelBenchmark
{
    private const int RowCount = 4_096;
    private static readonly TimeSpan TimePerLine = TimeSpan.FromSeconds(2);

    private readonly FraudModel _model;
    private readonly FraudDetector _detector;
    private readonly float[] _features;
    private readonly float[] _inputs;
    private readonly float[] _errors;
    private readonly float[] _scratch;
    private readonly Transaction[] _transactions;
    private readonly double[] _shares = new double[FeatureSchema.Count];
    private readonly double[] _scores = new double[RowCount];
    private readonly Assessment[] _assessments = new Assessment[RowCount];
    private readonly List<KernelLine> _lines = [];

    private KernelBenchmark(FraudModel model, ReadOnlySpan<float> features, List<Transaction> transactions)
    {
        _transactions = [.. transactions.TakeLast(RowCount)];
        _model = model;
        _detector = new FraudDetector(model);
        _features = features[^(RowCount * FeatureSchema.Count)..].ToArray();
        _inputs = model.Scaler.EncodeAll(_features);
        _errors = new float[model.Scaler.InputCount];
        _scratch = new float[model.Autoencoder.ScratchLength];
    }

    /// <summary>Trains a model on simulated payments, times each path and prints a line for it.</summary>
    public static void Run()
    {
        var histories = new ShardHistories(CurrencyRates.Default);
        var features = new float[FeatureSchema.Count];
        var rows = new FeatureRows();
        var transactions = new List<Transaction>();
        foreach (var (transaction, label) in new TransactionSimulator(new SimulationOptions { Customers = 500 })
            .Stream(new DateOnly(2025, 1, 1), 90))
        {
            histories.ExtractAndAdd(transaction, features);
            var day = DateOnly.FromDateTime(transaction.EventTime.UtcDateTime).DayNumber;
            rows.Add(features, transaction.CardToken, day, label.IsFraud, StableHash.Hash64(transaction.Id));
            transactions.Add(transaction);
        }

        // The quality of the autoencoder's training does not change its speed.
        var options = new FraudModelTrainingOptions { Autoencoder = new AutoencoderOptions { Epochs = 3 } };
        var model = FraudModelTrainer.Train(rows, options, CurrencyRates.Default, 1, "benchmark", new Dictionary<string, string>());
        Console.WriteLine($"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.ProcessArchitecture}, AVX2-sized vectors in hardware: {Vector256.IsHardwareAccelerated}");
        Console.WriteLine($"{model.Forest.Forest.Roots.Length} trees, {model.Forest.Forest.Nodes.Length:N0} nodes, {model.Scaler.InputCount} inputs, {RowCount:N0} payments, one thread");
        new KernelBenchmark(model, rows.Features, transactions).Measure();
    }

    private static ReadOnlySpan<float> Rows(float[] values, int columns, int start, int count) =>
        values.AsSpan(start * columns, count * columns);

    private void Measure()
    {
        Console.WriteLine($"{"path",-32} {"ns/row",9} {"rows/s",12} {"to baseline",12} {"bytes/row",10}");
        Time("forest, node by node (baseline)", 1, (start, _) => _scores[start] = WalkNodes(start));
        Time("forest, one row", 1, (start, _) => _scores[start] = _model.Forest.Forest.Score(Inputs(start, 1)));
        foreach (var batch in new[] { 8, 64, 500 })
        {
            Time($"forest, batches of {batch}", batch, (start, count) => _model.Forest.Forest.Score(
                Inputs(start, count), count, _scores.AsSpan(start)));
        }

        Time("scaler", 64, (start, count) => _model.Scaler.EncodeAll(
            Rows(_features, FeatureSchema.Count, start, count), _inputs.AsSpan(start * _model.Scaler.InputCount)));
        Time("autoencoder, one row", 1, (start, _) => _scores[start] = _model.Autoencoder.Autoencoder.Score(
            Inputs(start, 1), _errors, _scratch));
        Time("autoencoder, batches of 64", 64, (start, count) => _model.Autoencoder.Autoencoder.Score(
            Inputs(start, count), count, _scores.AsSpan(start), _scratch));
        foreach (var batch in new[] { 1, 8, 64, 500 })
        {
            Time($"whole decision, batches of {batch}", batch, (start, count) =>
                _detector.AssessAll(Rows(_features, FeatureSchema.Count, start, count), count, _assessments.AsSpan(start)));
        }

        Time("shares of suspicion", 1, (start, _) => _detector.Attribute(Vector(start), _shares));
        Time("shares and reasons in words", 1, (start, _) =>
        {
            _detector.Attribute(Vector(start), _shares);
            ReasonWriter.Write(_transactions[start], Vector(start), _shares, CardNorms.Of(Vector(start)), CurrencyRates.Default);
        });
        Report.Write("kernel", new KernelResult(
            _model.Forest.Forest.Roots.Length, _model.Forest.Forest.Nodes.Length, _model.Scaler.InputCount, _lines, Machine.Here()));
    }

    private ReadOnlySpan<float> Vector(int row) => Rows(_features, FeatureSchema.Count, row, 1);

    private ReadOnlySpan<float> Inputs(int start, int count) => Rows(_inputs, _model.Scaler.InputCount, start, count);

    /// <summary>Walks the forest node by node, for rows without missing inputs: the scoring before trees were packed.</summary>
    private double WalkNodes(int row)
    {
        var inputs = Inputs(row, 1);
        var nodes = _model.Forest.Forest.Nodes;
        var total = 0.0;
        foreach (var root in _model.Forest.Forest.Roots)
        {
            ref readonly var node = ref nodes[root];
            while (node.Feature >= 0)
            {
                node = ref nodes[inputs[node.Feature] < node.Threshold ? node.Left : node.Left + 1];
            }

            total += node.PathLength;
        }

        return Math.Pow(2, -total / _model.Forest.Forest.PathNormaliser);
    }

    private void Time(string path, int batch, Action<int, int> score)
    {
        // The machine's other work disturbed the best pass least.
        var best = TimeSpan.MaxValue;
        var bytes = 0L;
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < TimePerLine)
        {
            var bytesBefore = GC.GetAllocatedBytesForCurrentThread();
            var passStarted = Stopwatch.GetTimestamp();
            for (var start = 0; start < RowCount; start += batch)
            {
                score(start, Math.Min(batch, RowCount - start));
            }

            var elapsed = Stopwatch.GetElapsedTime(passStarted);
            bytes = GC.GetAllocatedBytesForCurrentThread() - bytesBefore;
            best = elapsed < best ? elapsed : best;
        }

        var ns = best.TotalNanoseconds / RowCount;
        _lines.Add(new KernelLine(path, ns, bytes / RowCount));
        var ratio = path.StartsWith("forest", StringComparison.Ordinal) ? $"{_lines[0].NsPerRow / ns:N1}x" : "";
        Console.WriteLine($"{path,-32} {ns,9:N0} {1e9 / ns,12:N0} {ratio,12} {bytes / RowCount,10}");
    }
}
