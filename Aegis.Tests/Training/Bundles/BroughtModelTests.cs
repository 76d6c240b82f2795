using Aegis.Core.Features;
using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.Onnx;
using Aegis.Tests.MachineLearning;
using Aegis.Training.Verbs;

namespace Aegis.Tests.Training.Bundles;

public sealed class BroughtModelTests(SmallModel small) : IClassFixture<SmallModel>, IDisposable
{
    private readonly string _folder = Repository.TemporaryFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Train_WithAModelAndAWeight_CalibratesItAndLetsItDecide()
    {
        var bundle = Path.Combine(_folder, "a.aegis");
        Assert.Equal(0, TrainVerb.Create().Parse(
            ["--out", bundle, "--customers", "150", "--seed", "3", "--extern", Onnx(), "--extern-weight", "0.5"]).Invoke());
        var model = Read(bundle);
        Assert.Equal(("mine.onnx", 0.5), (model.External!.Name, model.Calibration.Fusion.ExternalWeight));
        Assert.NotNull(model.Calibration.External);
        Assert.Equal("mine.onnx, weight 0.5", model.Provenance["external"]);
    }

    [Fact]
    public void Attach_PutsAModelInShadow_UnderAVersionOfItsOwn()
    {
        var (bundle, output) = (Path.Combine(_folder, "a.aegis"), Path.Combine(_folder, "b.aegis"));
        File.WriteAllBytes(bundle, FraudModelFile.Write(small.Model with { Version = "one+20260101000000" }));
        Assert.Equal(0, AttachVerb.Create().Parse(["--model", bundle, "--extern", Onnx(), "--out", output]).Invoke());
        var model = Read(output);
        Assert.Matches(@"^one_[0-9a-f]{8}\+20260101000000$", model.Version);
        Assert.Equal(0, model.Calibration.Fusion.ExternalWeight);
        Assert.Equal(0, AttachVerb.Create().Parse(["--model", output, "--extern", Onnx(), "--out", output]).Invoke());
        Assert.Equal(model.Version, Read(output).Version);
        var (shadowed, plain) = (new FraudDetector(model).Assess(small.Rows[0]), new FraudDetector(small.Model).Assess(small.Rows[0]));
        Assert.NotNull(shadowed.ExternalScore);
        Assert.Equal(plain, shadowed with { ExternalScore = null });
    }

    [Fact]
    public void Attach_OfAFileThatCannotBeUsed_NamesOptionFileAndCause()
    {
        var bundle = Path.Combine(_folder, "a.aegis");
        File.WriteAllBytes(bundle, FraudModelFile.Write(small.Model));
        var file = Path.Combine(_folder, "other.onnx");
        File.WriteAllBytes(file, AutoencoderOnnx.Write(small.Model.Autoencoder.Autoencoder));
        var attach = AttachVerb.Create().Parse(["--model", bundle, "--extern", file, "--out", bundle]);
        var error = Assert.Throws<ArgumentException>(() => attach.Invoke(new() { EnableDefaultExceptionHandler = false }));
        Assert.Contains($"--extern is '{file}'.", error.Message, StringComparison.Ordinal);
        Assert.Contains(
            $"takes 'inputs' of any × {small.Model.Scaler.InputCount} values; allowed: any number of rows × {FeatureSchema.Count} features",
            error.Message, StringComparison.Ordinal);
    }

    private static FraudModel Read(string path) => FraudModelFile.Read(File.ReadAllBytes(path));

    private string Onnx()
    {
        var path = Path.Combine(_folder, "mine.onnx");
        File.WriteAllBytes(path, AutoencoderOnnx.Write(small.Model.Scaler, small.Model.Autoencoder.Autoencoder));
        return path;
    }
}
