using System.Reflection;
using Aegis.Core.Numerics;
using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.Forests;
using Aegis.MachineLearning.Trainers;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Aegis.Tests.MachineLearning;

public sealed class TrainerTests
{
    private const ulong Seed = 53;
    private const int Columns = 5;
    private const int Count = 2_000;
    private const int Outliers = 20;
    private const int Many = 100_000;
    private const double OnnxTolerance = 1e-5;

    private readonly MLContext _context = new(seed: 1);

    public static TheoryData<string> Detectors => ["forest", "autoencoder", "tail sum"];

    [Theory]
    [MemberData(nameof(Detectors))]
    public void Fit_InAPipeline_IsJudgedByMlNetsOwnEvaluation(string detector)
    {
        var table = _context.Data.LoadFromEnumerable(Rows());
        var pipeline = _context.Transforms.Concatenate("Features", nameof(Row.A), nameof(Row.Rest)).Append(Estimator(detector));
        var scored = pipeline.Fit(table).Transform(table);

        var metrics = _context.AnomalyDetection.Evaluate(scored, falsePositiveCount: 20);
        Assert.True(metrics.AreaUnderRocCurve > 0.99, $"seed {Seed}: {metrics.AreaUnderRocCurve}");
        // One row in a hundred is predicted to be an outlier, which is how many there are.
        Assert.InRange(scored.GetColumn<bool>("PredictedLabel").Count(isOutlier => isOutlier), Outliers, Outliers + 1);
    }

    [Fact]
    public void GetOutputSchema_ForetellsTheColumnsThatTransformGives()
    {
        var table = new FloatRows(Flat(), Columns);
        // ML.NET makes shapes of tables for its own pipelines only.
        var shape = (SchemaShape)typeof(SchemaShape)
            .GetMethod("Create", BindingFlags.NonPublic | BindingFlags.Static)!.Invoke(null, [table.Schema])!;
        var foretold = Estimator("forest").GetOutputSchema(shape);
        var given = Estimator("forest").Fit(table).Transform(table).Schema;
        Assert.Equal(given.OrderBy(c => c.Name).Select(c => (c.Name, c.Type is VectorDataViewType vector ? vector.ItemType : c.Type)),
            foretold.OrderBy(c => c.Name).Select(c => (c.Name, c.ItemType)));
        Assert.Equal(["Features", "PredictedLabel", "Score"], foretold.Select(c => c.Name).Order());
    }

    [Theory]
    [MemberData(nameof(Detectors))]
    public void Transform_GivesTheKernelsScores_InCursorsRowsAndEngines(string detector)
    {
        var rows = Rows().ToArray();
        var table = _context.Data.LoadFromEnumerable(rows);
        var model = _context.Transforms.Concatenate("Features", nameof(Row.A), nameof(Row.Rest)).Append(Estimator(detector)).Fit(table);
        var fitted = model.LastTransformer;
        var expected = new double[Count];
        fitted.Score(Flat(), Count, expected, new float[fitted.ScratchLength]);

        Assert.Equal(expected.Select(score => (float)score), model.Transform(table).GetColumn<float>("Score"));
        var engine = _context.Model.CreatePredictionEngine<Row, Prediction>(model);
        for (var i = 0; i < 50; i++)
        {
            var prediction = engine.Predict(rows[i]);
            Assert.Equal(((float)expected[i], expected[i] >= fitted.Threshold), (prediction.Score, prediction.PredictedLabel));
        }
    }

    [Fact]
    public void Transform_ReadsNothingBeforeItIsRead_AndOnlyWhatIsAskedFor()
    {
        var read = 0;
        var table = _context.Data.LoadFromEnumerable(Enumerable.Repeat(Rows().First(), Many).Select(row =>
        {
            read++;
            return row;
        }));
        var forest = Estimator("forest").Fit(new FloatRows(Flat(), Columns));
        var scored = forest.Transform(
            _context.Transforms.Concatenate("Features", nameof(Row.A), nameof(Row.Rest)).Fit(table).Transform(table));
        Assert.Equal(0, read);
        using var cursor = scored.GetRowCursor([scored.Schema["Score"]]);
        Assert.True(cursor.MoveNext());
        // ML.NET reads some rows ahead.
        Assert.InRange(read, 1, Many / 2);
        Assert.False(cursor.IsColumnActive(scored.Schema["Label"]));
        Assert.False(cursor.IsColumnActive(scored.Schema["PredictedLabel"]));
    }

    [Fact]
    public void Score_OfBlocks_AllocatesNothing()
    {
        var scorers = Detectors.Select(d => Estimator(d.Data).Fit(new FloatRows(Flat(), Columns))).ToArray<IBlockScorer>();
        var (rows, scores, scratch) = (Flat(), new double[Count], new float[scorers.Max(s => s.ScratchLength)]);
        ScoreEach();
        var before = GC.GetAllocatedBytesForCurrentThread();
        ScoreEach();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void ScoreEach()
        {
            foreach (var scorer in scorers)
            {
                scorer.Score(rows, Count, scores, scratch);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Detectors))]
    public void Save_ThenLoad_ScoresWithTheSameBits(string detector)
    {
        var fitted = Estimator(detector).Fit(new FloatRows(Flat(), Columns));
        using var file = new MemoryStream();
        fitted.Save(file);
        file.Position = 0;
        var loaded = DetectorTransformer.Load(file);
        Assert.Equal((fitted.FeatureColumn, fitted.Threshold, fitted.Columns), (loaded.FeatureColumn, loaded.Threshold, loaded.Columns));
        Assert.Equal(fitted.ScoreAll(Flat()), loaded.ScoreAll(Flat()));
    }

    [Theory]
    [MemberData(nameof(Detectors))]
    public void Load_OfAFileCutOrChanged_IsRefused(string detector)
    {
        using var file = new MemoryStream();
        Estimator(detector).Fit(new FloatRows(Flat(), Columns)).Save(file);
        var whole = file.ToArray();
        var random = new SeededRandom(Seed);
        for (var i = 0; i < 200; i++)
        {
            var damaged = i % 2 == 0 ? whole[..random.NextInt(whole.Length)] : [.. whole];
            if (i % 2 == 1)
            {
                damaged[random.NextInt(damaged.Length)] ^= (byte)(1 << random.NextInt(8));
            }

            Assert.Throws<FraudModelFormatException>(() => DetectorTransformer.Load(new MemoryStream(damaged)));
        }
    }

    [Theory]
    [InlineData("forest")]
    [InlineData("autoencoder")]
    public void ToOnnx_SavedByMlNetAndLoaded_ScoresAsHere(string detector)
    {
        var rows = new FloatRows(Flat(), Columns);
        var fitted = Estimator(detector).Fit(rows);
        var folder = Repository.TemporaryFolder();
        try
        {
            var path = Path.Combine(folder, "model.zip");
            _context.Model.Save(fitted.ToOnnx(_context, Path.Combine(folder, "model.onnx")), rows.Schema, path);
            File.Delete(Path.Combine(folder, "model.onnx"));
            var scores = _context.Model.Load(path, out _).Transform(rows).GetColumn<float[]>("Score").Select(score => score.Single())
                .ToArray();
            var expected = fitted.ScoreAll(Flat());
            for (var i = 0; i < Count; i++)
            {
                Assert.True(Math.Abs(expected[i] - scores[i]) <= OnnxTolerance * Math.Max(1, expected[i]),
                    $"seed {Seed}, row {i}: {expected[i]} here, {scores[i]} there");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void ToOnnx_OfWhatOnnxCannotSay_IsRefusedWithTheReason()
    {
        var tailSum = Estimator("tail sum").Fit(new FloatRows(Flat(), Columns));
        Assert.Contains("no ONNX operator", Assert.Throws<NotSupportedException>(() => tailSum.ToOnnx(_context, "never.onnx")).Message,
            StringComparison.Ordinal);
        var extended = _context.AnomalyDetection.Trainers.IsolationForest(
            options: new IsolationForestOptions { Trees = 3, ColumnsPerSplit = 2 }).Fit(new FloatRows(Flat(), Columns));
        Assert.Contains("splits weigh 2 columns", Assert.Throws<NotSupportedException>(
            () => extended.ToOnnx(_context, "never.onnx")).Message, StringComparison.Ordinal);
        using var stream = new MemoryStream();
        Assert.Contains("save what ToOnnx gives", Assert.Throws<NotSupportedException>(
            () => _context.Model.Save(tailSum, new FloatRows(Flat(), Columns).Schema, stream)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_OfWhatIsNoFeatureColumn_NamesIt()
    {
        var table = _context.Data.LoadFromEnumerable(Rows());
        Assert.Contains("no column 'Features'; allowed: one of A, Rest, Label", Refusal(() => Estimator("forest").Fit(table)),
            StringComparison.Ordinal);
        Assert.Contains("Column 'A' holds Single; allowed: a vector of floats", Refusal(
            () => _context.AnomalyDetection.Trainers.IsolationForest("A").Fit(table)), StringComparison.Ordinal);
        Assert.Contains("contamination is '0.6'; allowed: 0 to 0.5", Refusal(
            () => _context.AnomalyDetection.Trainers.TailSum(contamination: 0.6)), StringComparison.Ordinal);
        Assert.Contains("Trees is '0'", Refusal(
            () => _context.AnomalyDetection.Trainers.IsolationForest(options: new IsolationForestOptions { Trees = 0 })),
            StringComparison.Ordinal);
        var forest = Estimator("forest").Fit(new FloatRows(Flat(), Columns));
        Assert.Contains("holds 2 values a row; allowed: 5", Refusal(() => forest.Transform(new FloatRows([1, 2], 2))),
            StringComparison.Ordinal);
    }

    private static string Refusal(Func<object> act) => Assert.Throws<ArgumentException>(act).Message;

    private IEstimator<DetectorTransformer> Estimator(string detector) => detector switch
    {
        "forest" => _context.AnomalyDetection.Trainers.IsolationForest(options: new IsolationForestOptions { Trees = 60 }),
        "autoencoder" => _context.AnomalyDetection.Trainers.Autoencoder(options: new() { HiddenUnits = 6, CodeUnits = 2, Epochs = 10 }),
        _ => _context.AnomalyDetection.Trainers.TailSum(),
    };

    /// <summary>Ordinary rows whose columns go together, and one outlier in a hundred that lies far off.</summary>
    private static IEnumerable<Row> Rows()
    {
        var random = new SeededRandom(Seed);
        for (var i = 0; i < Count; i++)
        {
            var isOutlier = i % (Count / Outliers) == 7;
            var common = random.NextNormal();
            float Value() => (float)(isOutlier ? 6 * (random.NextBool(0.5) ? 1 : -1) : common + (0.5 * random.NextNormal()));
            yield return new Row { A = Value(), Rest = [Value(), Value(), Value(), Value()], Label = isOutlier ? 1 : 0 };
        }
    }

    private static float[] Flat() => [.. Rows().SelectMany(row => row.Rest.Prepend(row.A))];

    private sealed class Row
    {
        public float A { get; set; }

        [VectorType(Columns - 1)]
        public float[] Rest { get; set; } = [];

        /// <summary>1 for an outlier: a number, as ML.NET's evaluation wants it.</summary>
        public float Label { get; set; }
    }

    private sealed class Prediction
    {
        public float Score { get; set; }

        public bool PredictedLabel { get; set; }
    }
}
