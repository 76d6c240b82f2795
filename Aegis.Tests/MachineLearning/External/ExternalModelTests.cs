using System.IO.Compression;
using System.Text;
using Aegis.Core.Features;
using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.Calibration;
using Aegis.MachineLearning.External;
using Aegis.MachineLearning.Onnx;
using Microsoft.ML;
using Microsoft.ML.Data;
using Onnx;

namespace Aegis.Tests.MachineLearning.External;

public sealed partial class ExternalModelTests(SmallModel small) : IClassFixture<SmallModel>
{
    private const int Count = 150;
    private const ulong Seed = 59;
    private static readonly MLContext Context = new(seed: 1);

    [Fact]
    public void OnnxFile_ScoresAsWhereItCameFrom_AndEachRowWithTheBitsItHasAlone()
    {
        var scores = Score(Onnx(), Count);
        var expected = small.Model.Autoencoder.ScoreAll(small.Model.Scaler.EncodeAll(Features(Count)));
        for (var row = 0; row < Count; row++)
        {
            Assert.True(Math.Abs(expected[row] - scores[row]) <= 1e-5 * Math.Max(1, expected[row]),
                $"row {row}: {expected[row]} there, {scores[row]} here");
        }

        var alone = Onnx().CreateScorer();
        foreach (var row in new[] { 0, 63, 64, 127, Count - 1 })
        {
            var score = new double[1];
            alone.Score(small.Rows[row], 1, score, []);
            Assert.Equal(scores[row], score[0]);
        }
    }

    [Fact]
    public void MlNetFile_ScoresAsItsPredictionEngine()
    {
        var model = Trees(FeatureSchema.Count);
        var engine = Context.Model.CreatePredictionEngine<Payment, Prediction>(Context.Model.Load(new MemoryStream(model), out _));
        var scores = Score(ExternalModel.Open("trees.zip", model), Count);
        Assert.True(scores.Max() > scores.Min());
        for (var row = 0; row < Count; row++)
        {
            Assert.Equal(engine.Predict(new Payment { Features = small.Rows[row].ToArray() }).Score, (float)scores[row]);
        }
    }

    [Fact]
    public void InShadow_LeavesEveryOtherScoreAsItIs_AndTravelsInTheBundle()
    {
        var shadowed = FraudModelFile.Read(FraudModelFile.Write(small.Model with { External = Onnx() }));
        var (plain, shadow) = (new FraudDetector(small.Model), new FraudDetector(shadowed));
        var expected = Score(Onnx(), Count);
        for (var row = 0; row < Count; row++)
        {
            var assessment = shadow.Assess(small.Rows[row]);
            Assert.Equal(expected[row], assessment.ExternalScore);
            Assert.Equal(plain.Assess(small.Rows[row]), assessment with { ExternalScore = null });
        }

        Assert.Equal("autoencoder.onnx", shadowed.External!.Name);
        Assert.Equal(6, FraudModelFile.Write(small.Model)[7]);
    }

    [Fact]
    public void WithAWeight_DecidesWithTheOthers()
    {
        var reference = new RawScores[small.Rows.Count];
        var detector = new FraudDetector(small.Model with { External = Onnx() });
        for (var row = 0; row < reference.Length; row++)
        {
            reference[row] = RawScores.Of(PaymentSegments.None, small.Rows[row], detector.Assess(small.Rows[row]));
        }

        // All weight but a trace: the order of risks is that of its scores.
        var weighted = small.Model with { External = Onnx(), Calibration = ScoreCalibration.Fit(
            PaymentSegments.None, reference, new ScoreFusion(1e-9, 0, 0, 1)) };
        var read = new FraudDetector(FraudModelFile.Read(FraudModelFile.Write(weighted)));
        var (here, expected) = (new FraudDetector(weighted), Score(Onnx(), Count));
        var risks = Enumerable.Range(0, Count).Select(row => read.Assess(small.Rows[row]).Risk).ToArray();
        Assert.Equal(Enumerable.Range(0, Count).Select(row => here.Assess(small.Rows[row]).Risk), risks);
        var highest = Array.IndexOf(expected, expected.Max());
        Assert.Equal(risks.Max(), risks[highest]);
        Assert.NotEqual(risks[highest], new FraudDetector(small.Model).Assess(small.Rows[highest]).Risk);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    public void Recalibration_KeepsTheModelAndItsPart(double weight)
    {
        var fusion = new ScoreFusion(0.9, 0.1, 0, weight);
        var reference = Enumerable.Range(0, small.Rows.Count).Select(row => new RawScores(0, row, row, row, row)).ToArray();
        var recalibration = new Recalibration(
            small.Model with { External = Onnx(), Calibration = ScoreCalibration.Fit(PaymentSegments.None, reference, fusion) });
        for (var payment = 0; payment < Recalibration.MinPayments; payment++)
        {
            recalibration.Add(small.Rows[payment % small.Rows.Count], (ulong)payment, day: 1);
        }

        var renewed = FraudModelFile.Read(FraudModelFile.Write(recalibration.ToModel(DateTimeOffset.UnixEpoch)));
        Assert.Equal(("autoencoder.onnx", fusion), (renewed.External!.Name, renewed.Calibration.Fusion));
        Assert.Equal(weight > 0, renewed.Calibration.External is not null);
        if (renewed.Calibration.External is { } calibrator)
        {
            // The model's own scores now, where before there were row numbers.
            var scores = Score(Onnx(), small.Rows.Count);
            Assert.InRange(calibrator.All.Scores[^1], scores.Min(), scores.Max());
            Assert.Equal(scores.Min(), calibrator.All.Scores[0]);
        }
    }

    [Fact]
    public void Score_OfAPaymentThatMakesTheModelFail_IsNoNumberAndDecidesNothing()
    {
        // A table of two entries is read at the position that the first feature gives.
        var model = new OnnxModel("lookup");
        model.Input("inputs", FeatureSchema.Count);
        model.Positions("first", 0);
        model.Constant("table", [3, 4], 2);
        model.Node("Gather", ["inputs", "first"], "value", "", OnnxModel.Int("axis", 1));
        model.Node("Cast", ["value"], "position", "", OnnxModel.Int("to", (long)TensorProto.Types.DataType.Int64));
        model.Node("Gather", ["table", "position"], "score");
        model.Output("score", 1);
        var external = ExternalModel.Open("lookup.onnx", model.ToBytes());
        var detector = new FraudDetector(small.Model with { External = external });
        var features = small.Rows[0].ToArray();
        features[0] = 1;
        Assert.Equal(4, detector.Assess(features).ExternalScore);
        features[0] = 1_000;
        var failed = detector.Assess(features);
        Assert.Null(failed.ExternalScore);
        Assert.Equal(new FraudDetector(small.Model).Assess(features), failed);
    }

    /// <summary>Two bytes a letter, as ML.NET writes names of assemblies.</summary>
    private static string Wide(string text) => Encoding.Latin1.GetString(Encoding.Unicode.GetBytes(text));

    private static string Refusal(byte[] file) =>
        Assert.Throws<FraudModelFormatException>(() => ExternalModel.Open("brought", file)).Message;

    private static double[] Score(ExternalModel model, int count, ReadOnlySpan<float> features)
    {
        var scores = new double[count];
        model.CreateScorer().Score(features, count, scores, []);
        return scores;
    }

    private static SchemaDefinition Shape(int width)
    {
        var shape = SchemaDefinition.Create(typeof(Payment));
        shape["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, width);
        return shape;
    }

    private static byte[] Model(int width, string[] sums, bool givesAll = false)
    {
        var model = new OnnxModel("wrong");
        model.Input("inputs", width);
        foreach (var sum in sums)
        {
            model.Node("ReduceMean", ["inputs"], sum, "", OnnxModel.Ints("axes", [1]), OnnxModel.Int("keepdims", 1));
            model.Output(sum, 1);
        }

        if (givesAll)
        {
            model.Node("Neg", ["inputs"], "all");
            model.Output("all", width);
        }

        return model.ToBytes();
    }

    /// <summary>1 / 0 where all features are 0.</summary>
    private static byte[] Infinite()
    {
        var model = new OnnxModel("infinite");
        model.Input("inputs", FeatureSchema.Count);
        model.Node("ReduceMean", ["inputs"], "mean", "", OnnxModel.Ints("axes", [1]), OnnxModel.Int("keepdims", 1));
        model.Node("Reciprocal", ["mean"], "score");
        model.Output("score", 1);
        return model.ToBytes();
    }

    private double[] Score(ExternalModel model, int count) => Score(model, count, Features(count));

    private float[] Features(int count) => small.Rows.Features[..(count * FeatureSchema.Count)].ToArray();

    private ExternalModel Onnx() =>
        ExternalModel.Open("autoencoder.onnx", AutoencoderOnnx.Write(small.Model.Scaler, small.Model.Autoencoder.Autoencoder));

    private byte[] Trees(int width)
    {
        var table = Context.Data.LoadFromEnumerable(Payments(width), Shape(width));
        using var file = new MemoryStream();
        Context.Model.Save(Context.BinaryClassification.Trainers.FastTree(numberOfTrees: 10).Fit(table), table.Schema, file);
        return file.ToArray();
    }

    private IEnumerable<Payment> Payments(int width) =>
        Enumerable.Range(0, small.Rows.Count)
            .Select(row => new Payment { Features = small.Rows[row][..width].ToArray(), Label = small.Rows.Frauds[row] });

    private sealed class Payment
    {
        [VectorType(76)]
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }
    }

    private sealed class Prediction
    {
        public float Score { get; set; }
    }
}
